import type { Kysely } from 'kysely';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import { householderNameOf, type ResidentRecord } from '../domain/register/resident-record.js';
import { findActiveRecord, membersOf } from '../storage/resident-register.js';
import type { MunicipalityTables } from '../storage/tables.js';

/**
 * An operator's look at a record of their own municipality, with the purpose that they state (ACCOUNT).
 *
 * @throws Refusal NOT_FOUND
 */
export async function lookUpResidentRecord(
  ledger: Kysely<MunicipalityTables>,
  code: ResidentRecordCode,
  purpose: string,
  exchange: Exchange,
): Promise<{ record: ResidentRecord; householderName: string }> {
  exchange.purpose = purpose;
  exchange.concerns.add(code);
  const record = await findActiveRecord(ledger, code);
  if (!record) throw new Refusal('NOT_FOUND');
  const members = await membersOf(ledger, record.householdId);
  return { record, householderName: householderNameOf(members) };
}
