import type { Exchange } from '#core/domain/exchange.js';
import type { RecordView } from '../domain/register/record-view.js';
import { activeRecord, householdOf } from '../storage/resident-register.js';
import { kindsOn, type Look, noteLook, type Reader } from './reading.js';

/**
 * An operator's look at everybody in a household of their own municipality, the householder first.
 *
 * @throws Refusal NOT_FOUND, RECORD_DELETED
 */
export async function lookUpHousehold(
  { ledger, clock }: Reader,
  look: Look,
  exchange: Exchange,
): Promise<RecordView[]> {
  noteLook(exchange, look);
  const { members, householderName } = await householdOf(ledger, await activeRecord(ledger, look.residentRecordCode));
  const views = [];
  for (const record of members) {
    exchange.concerns.add(record.residentRecordCode);
    views.push({ record, householderName, restrictions: await kindsOn({ ledger, clock }, record) });
  }
  return views;
}
