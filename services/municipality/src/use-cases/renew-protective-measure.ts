import { addDays } from '#core/domain/calendar-date.js';
import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { writeAlone } from '#core/storage/dialect.js';
import { type MeasureView, renewedUntil } from '../domain/protection/protective-measure.js';
import { measureWith, renewMeasure } from '../storage/protective-measures.js';
import { measureWritten } from './measure-view.js';
import type { Registrar } from './registrar.js';

/**
 * Renews a measure by a year, in its last month.
 *
 * @throws Refusal NOT_FOUND, NOT_IN_FORCE, RENEWAL_TOO_EARLY
 */
export async function renewProtectiveMeasure(
  registrar: Registrar,
  measureId: string,
  exchange: Exchange,
): Promise<MeasureView> {
  const { ledger, clock, newId } = registrar;
  exchange.purpose = 'PROTECTIVE_MEASURE';
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const measure = await measureWith(trx, measureId);
    const until = renewedUntil(measure, today(clock));
    await renewMeasure(trx, { ...measure, from: addDays(measure.until, 1), until }, newId);
    return measureWritten(registrar, trx, exchange, { ...measure, until });
  });
}
