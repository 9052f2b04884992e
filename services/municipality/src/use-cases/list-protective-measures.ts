import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import type { MeasureView } from '../domain/protection/protective-measure.js';
import { currentCode } from '../storage/codes.js';
import { measuresCovering } from '../storage/protective-measures.js';
import { findRecords } from '../storage/resident-register.js';
import { measureView } from './measure-view.js';
import type { Look } from './reading.js';
import type { Registrar } from './registrar.js';

/**
 * The measures that cover somebody, past ones too.
 *
 * @throws Refusal NOT_FOUND
 */
export async function listProtectiveMeasures(
  ledger: Registrar['ledger'],
  { residentRecordCode, purpose }: Look,
  exchange: Exchange,
): Promise<MeasureView[]> {
  exchange.purpose = purpose;
  exchange.concerns.add(residentRecordCode);
  const records = await findRecords(ledger, { residentRecordCode: await currentCode(ledger, residentRecordCode) });
  if (records.length === 0) throw new Refusal('NOT_FOUND');
  const views = [];
  const measures = await measuresCovering(
    ledger,
    records.map(({ recordId }) => recordId),
  );
  for (const measure of measures) views.push(await measureView(ledger, measure));
  return views;
}
