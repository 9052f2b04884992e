import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { exchangeOf } from '#core/http/account-for-request.js';
import { Problem } from '#core/http/problem.js';
import type { Copy } from '../domain/issuance/copy.js';
import { CopyApplication } from '../domain/issuance/copy-application.js';
import { copyText } from '../domain/issuance/copy-text.js';
import type { IssueWideAreaCopy } from '../use-cases/issue-wide-area-copy.js';

const Municipality = z.object({ code: z.string(), name: z.string() });

const CopyRecord = z.object({
  name: z.string(),
  commonName: z.string().nullable(),
  birthDate: z.string(),
  sex: z.enum(['MALE', 'FEMALE']),
  household: z.object({ householderName: z.string(), relationship: z.string() }).optional(),
  becameResidentOn: z.string(),
  address: z.string(),
  movedWithinTownOn: z.string().nullable(),
  notifiedOn: z.string(),
  previousAddress: z.string().nullable(),
  residentRecordCode: z.string().optional(),
});

const CopyDocument = z.object({
  records: z.array(CopyRecord),
  issuing: Municipality,
  home: Municipality,
  issuedOn: z.string(),
  feeYen: z.number().int(),
  statement: z.string(),
  text: z.string(),
});

const schema = {
  summary: '広域交付: issue a copy of the record of somebody registered elsewhere',
  body: CopyApplication,
  response: { 201: CopyDocument, '4xx': Problem, '5xx': Problem },
};

/** POST /wide-area-copies: the counter's entrance for programs. The copy as data, with its text. */
export function wideAreaCopies(app: FastifyInstance, issueWideAreaCopy: IssueWideAreaCopy): void {
  app.withTypeProvider<ZodTypeProvider>().post('/wide-area-copies', { schema }, async (request, reply) => {
    const copy: Copy = await issueWideAreaCopy(request.body, exchangeOf(request));
    return reply.code(201).send({ ...copy, text: copyText(copy) });
  });
}
