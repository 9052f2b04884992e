import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Citable, lastDayOf } from '../domain/provision/check-citation.js';
import { PROVISION, PROVISION_FIELDS } from '../domain/provision/inquiry.js';
import { InquiryBeyond } from '../domain/provision/inquiry-schema.js';
import type { ProvisionCounter } from '../provision/counter.js';
import { exchangeOf } from './account-for-request.js';
import { operation } from './operation.js';
import { Problem } from './problem.js';

const Answer = z.object({
  outcome: z.enum(['NOT_FOUND', 'AS_STATED', 'PROVIDED', 'IN_QUARANTINE']),
  deleted: z.boolean().optional(),
  provided: z
    .object({
      name: z.string().optional(),
      birthDate: z.string().optional(),
      sex: z.enum(['MALE', 'FEMALE']).optional(),
      address: z.string().optional(),
      residentRecordCode: z.string().optional(),
      changes: z.array(z.object({ reason: z.string(), causeOn: z.string() })).optional(),
    })
    .optional(),
});

const Purpose = z.object({
  id: z.string(),
  table: z.int(),
  law: z.string(),
  fields: z.array(z.enum(PROVISION_FIELDS)),
  until: z.string().nullable(),
});

const listing = {
  summary: '利用事務: what this office may cite today',
  response: { 200: z.object({ purposes: z.array(Purpose) }), '4xx': Problem, '5xx': Problem },
};

/** POST /provisions, and GET /provision-purposes: the network is asked instead of the citizen. */
export function provisionRoutes(app: FastifyInstance, { ask, purposes }: ProvisionCounter): void {
  operation(app, '/provisions', {
    ...{ summary: '本人確認情報の提供: ask the network instead of the citizen', body: InquiryBeyond },
    answer: z.object({ answer: Answer }),
    act: async (asked, exchange) => {
      exchange.purpose = PROVISION;
      return { answer: await ask(asked, exchange) };
    },
  });
  app.get('/provision-purposes', { schema: listing }, async (request) => {
    exchangeOf(request).purpose = PROVISION;
    return { purposes: purposes().map(purposeView) };
  });
}

function purposeView(citable: Citable): z.infer<typeof Purpose> {
  const { id, table, law } = citable.purpose;
  return { id, table, law, fields: [...citable.fields], until: lastDayOf(citable) };
}
