import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import type { RecordView } from '../domain/register/record-view.js';
import { MOST_FOUND, type Search } from '../domain/register/search.js';
import { searchRecords } from '../storage/resident-register.js';
import { type Reader, viewOf } from './reading.js';

/**
 * A search at the counter. Everybody who was found is in the log, whoever was meant.
 *
 * @throws Refusal TOO_MANY_FOUND
 */
export async function searchResidentRecords(
  reader: Reader,
  { purpose, ...criteria }: Search,
  exchange: Exchange,
): Promise<RecordView[]> {
  exchange.purpose = purpose;
  if (criteria.residentRecordCode !== undefined) exchange.concerns.add(criteria.residentRecordCode);
  const found = await searchRecords(reader.ledger, criteria, MOST_FOUND + 1);
  if (found.length > MOST_FOUND) throw new Refusal('TOO_MANY_FOUND');
  const views = [];
  for (const record of found) views.push(await viewOf(reader, record, exchange));
  return views;
}
