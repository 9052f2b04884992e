import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import {
  isInForce,
  lastDayOfYearFrom,
  type MeasureApplication,
  type MeasureView,
  type ProtectiveMeasure,
} from '../domain/protection/protective-measure.js';
import { enterMeasure, measuresCovering } from '../storage/protective-measures.js';
import { activeRecord } from '../storage/resident-register.js';
import { measureWritten } from './measure-view.js';
import type { Registrar } from './registrar.js';

/**
 * Sets a protective measure (支援措置) for a year from today.
 *
 * @throws Refusal NOT_FOUND, RECORD_DELETED, ADDRESS_CONTRADICTED where somebody to be covered lives elsewhere,
 * NOTHING_CHANGES where one of the applicant's is in force
 */
export async function setProtectiveMeasure(
  registrar: Registrar,
  { applicant, alsoCovered }: MeasureApplication,
  exchange: Exchange,
): Promise<MeasureView> {
  exchange.purpose = 'PROTECTIVE_MEASURE';
  const { ledger, clock, newId } = registrar;
  for (const code of [applicant, ...alsoCovered]) exchange.concerns.add(code);
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const from = today(clock);
    const record = await activeRecord(trx, applicant);
    const others = [];
    for (const code of alsoCovered) others.push(await activeRecord(trx, code));
    if (others.some(({ address }) => address !== record.address)) throw new Refusal('ADDRESS_CONTRADICTED');
    const earlier = await measuresCovering(trx, [record.recordId]);
    const isTheirs = (measure: ProtectiveMeasure) => measure.applicant === record.recordId && isInForce(measure, from);
    if (earlier.some(isTheirs)) throw new Refusal('NOTHING_CHANGES');
    const covered = [...new Set([record, ...others].map(({ recordId }) => recordId))];
    const measure = {
      measureId: newId(),
      applicant: record.recordId,
      covered,
      from,
      until: lastDayOfYearFrom(from),
      endedOn: null,
    };
    await enterMeasure(trx, measure, newId);
    return measureWritten(registrar, trx, exchange, measure);
  });
}
