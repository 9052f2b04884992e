import type { Exchange } from '#core/domain/exchange.js';
import type { MeasureView, ProtectiveMeasure } from '../domain/protection/protective-measure.js';
import { recordsWithIds } from '../storage/resident-register.js';
import { logWith } from './log-with.js';
import type { Registrar, Trx } from './registrar.js';

/** The measure as operators see it, once it is in the log whom it concerns. */
export async function measureWritten(
  registrar: Registrar,
  trx: Trx,
  exchange: Exchange,
  measure: ProtectiveMeasure,
): Promise<MeasureView> {
  const view = await measureView(trx, measure);
  for (const code of view.covered) exchange.concerns.add(code);
  await logWith(registrar, trx, exchange, 'register/PROTECTIVE_MEASURE');
  return view;
}

/** By codes, not by the register's own keys. */
export async function measureView(ledger: Registrar['ledger'], measure: ProtectiveMeasure): Promise<MeasureView> {
  const records = await recordsWithIds(ledger, measure.covered);
  const codeOf = (id: string) => records.find(({ recordId }) => recordId === id)?.residentRecordCode ?? '';
  return { ...measure, applicant: codeOf(measure.applicant), covered: measure.covered.map(codeOf) };
}
