import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import { isInForce, type MeasureView } from '../domain/protection/protective-measure.js';
import { endMeasure, measureWith } from '../storage/protective-measures.js';
import { measureWritten } from './measure-view.js';
import type { Registrar } from './registrar.js';

/**
 * Ends a measure today.
 *
 * @throws Refusal NOT_FOUND, NOT_IN_FORCE
 */
export async function endProtectiveMeasure(
  registrar: Registrar,
  measureId: string,
  exchange: Exchange,
): Promise<MeasureView> {
  const { ledger, clock } = registrar;
  exchange.purpose = 'PROTECTIVE_MEASURE';
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const measure = await measureWith(trx, measureId);
    const day = today(clock);
    if (!isInForce(measure, day)) throw new Refusal('NOT_IN_FORCE');
    await endMeasure(trx, measureId, { on: day });
    return measureWritten(registrar, trx, exchange, { ...measure, endedOn: day });
  });
}
