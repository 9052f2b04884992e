import { endMeasure, measuresCovering } from '../storage/protective-measures.js';
import type { Performed } from './perform-act.js';
import type { Trx } from './registrar.js';

/** A protective measure ends on moving out: the whole of it with the applicant, else the part of who moves. */
export async function endMeasuresOfMovers(trx: Trx, { act, writings }: Performed): Promise<void> {
  const movers = writings.map(({ record }) => record).filter(({ deletedOn }) => deletedOn !== null);
  const ended = { on: act.acceptedOn, actId: act.actId };
  for (const { recordId } of movers) {
    for (const { measureId, applicant } of await measuresCovering(trx, [recordId]))
      await endMeasure(trx, measureId, { ...ended, ...(applicant !== recordId && { recordId }) });
  }
}
