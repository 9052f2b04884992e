import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { operation } from '#core/http/operation.js';
import { MeasureApplication, MeasureId } from '../domain/protection/protective-measure.js';
import { Look } from '../domain/register/record-view.js';
import type { Counter } from '../use-cases/counter.js';
import { endProtectiveMeasure } from '../use-cases/end-protective-measure.js';
import { listProtectiveMeasures } from '../use-cases/list-protective-measures.js';
import { renewProtectiveMeasure } from '../use-cases/renew-protective-measure.js';
import { setProtectiveMeasure } from '../use-cases/set-protective-measure.js';

const Measure = z.object({
  measureId: z.string(),
  applicant: z.string(),
  covered: z.array(z.string()),
  from: z.string(),
  until: z.string(),
  endedOn: z.string().nullable(),
});
const answer = z.object({ measure: Measure });

/** /protective-measures: 支援措置. */
export function protectiveMeasureRoutes(app: FastifyInstance, counter: Counter): void {
  operation(app, '/protective-measures', {
    ...{ summary: '支援措置: set one for a year', body: MeasureApplication, answer, status: 201 },
    act: async (application, exchange) => ({ measure: await setProtectiveMeasure(counter, application, exchange) }),
  });
  operation(app, '/protective-measures/renew', {
    ...{ summary: 'Renew one, in its last month', body: MeasureId, answer },
    act: async ({ measureId }, exchange) => ({ measure: await renewProtectiveMeasure(counter, measureId, exchange) }),
  });
  operation(app, '/protective-measures/end', {
    ...{ summary: 'End one today', body: MeasureId, answer },
    act: async ({ measureId }, exchange) => ({ measure: await endProtectiveMeasure(counter, measureId, exchange) }),
  });
  operation(app, '/protective-measures/list', {
    ...{ summary: 'Those that cover somebody, past ones too', body: Look },
    answer: z.object({ measures: z.array(Measure) }),
    act: async (look, exchange) => ({ measures: await listProtectiveMeasures(counter.ledger, look, exchange) }),
  });
}
