import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { exchangeOf } from '#core/http/account-for-request.js';
import { operation } from '#core/http/operation.js';
import { Problem } from '#core/http/problem.js';
import {
  Look,
  LookAsOf,
  RecordVersionView,
  ResidentRecordView,
  recordVersionView,
  residentRecordView,
} from '../domain/register/record-view.js';
import { Search } from '../domain/register/search.js';
import type { Counter } from '../use-cases/counter.js';
import { codePoolStanding } from '../use-cases/keep-code-pool.js';
import { lookUpHistory } from '../use-cases/look-up-history.js';
import { lookUpHousehold } from '../use-cases/look-up-household.js';
import { lookUpResidentRecord } from '../use-cases/look-up-resident-record.js';
import { searchResidentRecords } from '../use-cases/search-resident-records.js';

const ResidentRecords = z.object({ residentRecords: z.array(ResidentRecordView) });

/** /resident-records: looks at the register, each with its purpose; /code-pool. */
export function registerRoutes(app: FastifyInstance, counter: Counter): void {
  operation(app, '/resident-records/read', {
    ...{ summary: 'A resident record, as it stands or as of a day', body: LookAsOf },
    answer: z.object({ residentRecord: ResidentRecordView }),
    act: async (look, exchange) => ({
      residentRecord: residentRecordView(await lookUpResidentRecord(counter, look, exchange)),
    }),
  });
  operation(app, '/resident-records/search', {
    ...{ summary: 'Resident records by code, name, reading, birth date and address', body: Search },
    answer: ResidentRecords,
    act: async (search, exchange) => ({
      residentRecords: (await searchResidentRecords(counter, search, exchange)).map(residentRecordView),
    }),
  });
  operation(app, '/resident-records/household', {
    ...{ summary: 'The active records of a household', body: Look, answer: ResidentRecords },
    act: async (look, exchange) => ({
      residentRecords: (await lookUpHousehold(counter, look, exchange)).map(residentRecordView),
    }),
  });
  operation(app, '/resident-records/history', {
    ...{ summary: 'Every version of the records that somebody has or had here', body: Look },
    answer: z.object({ versions: z.array(RecordVersionView) }),
    act: async (look, exchange) => ({
      versions: (await lookUpHistory(counter, look, exchange)).map(recordVersionView),
    }),
  });
  const schema = {
    summary: 'How many allotted codes are left',
    response: { 200: z.object({ free: z.number(), waiting: z.boolean() }), '4xx': Problem, '5xx': Problem },
  };
  app
    .withTypeProvider<ZodTypeProvider>()
    .get('/code-pool', { schema }, (request) => codePoolStanding(counter.ledger, exchangeOf(request)));
}
