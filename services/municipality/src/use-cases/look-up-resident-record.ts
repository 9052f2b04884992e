import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { versionAsOf } from '../domain/register/record-version.js';
import type { RecordView } from '../domain/register/record-view.js';
import { householderNameAsOf, versionsOf } from '../storage/record-versions.js';
import { activeRecord } from '../storage/resident-register.js';
import { type Look, noteLook, type Reader, recordsUnder, viewOf } from './reading.js';

/**
 * An operator's look at a record of their own municipality, as it stands or as the register had it at the end of a day.
 *
 * @throws Refusal NOT_FOUND; RECORD_DELETED where a deleted one answers, which `asOf` and the history still show
 */
export async function lookUpResidentRecord(
  reader: Reader,
  look: Look & { asOf?: CalendarDate | undefined },
  exchange: Exchange,
): Promise<RecordView> {
  const { ledger } = reader;
  noteLook(exchange, look);
  const { residentRecordCode, asOf } = look;
  if (asOf === undefined) return viewOf(reader, await activeRecord(ledger, residentRecordCode), exchange);
  const records = await recordsUnder(ledger, residentRecordCode);
  const standing = [];
  for (const { recordId } of records) standing.push(versionAsOf(await versionsOf(ledger, recordId), asOf)?.record);
  const found = standing.filter((record) => record !== undefined);
  const record = found.find(({ deletedOn }) => deletedOn === null) ?? found.at(-1);
  if (!record) throw new Refusal('NOT_FOUND');
  exchange.concerns.add(record.residentRecordCode);
  const householderName = await householderNameAsOf(ledger, record.householdId, asOf);
  return { record, householderName, restrictions: [] };
}
