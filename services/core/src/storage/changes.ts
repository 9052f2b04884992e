import type { Kysely, Transaction } from 'kysely';
import type { CalendarDate } from '../domain/calendar-date.js';
import type { ChangeInformation } from '../domain/change-information.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { enterIdentificationInformation } from './identity-ledger.js';
import type { CoreTables } from './tables.js';

/** A change as an identity ledger keeps it. */
interface KeptChange extends ChangeInformation {
  recordedOn: CalendarDate;
}

/** Keeps a change as history, and brings the identity ledger to where it leads. In the caller's transaction. */
export async function recordChange(
  trx: Transaction<CoreTables>,
  change: ChangeInformation,
  recordedOn: CalendarDate,
): Promise<void> {
  const { identification, previousCode } = change;
  await trx
    .insertInto('change_information')
    .values({
      resident_record_code: identification.residentRecordCode,
      version: change.version,
      kind: change.kind,
      reason: change.reason,
      cause_on: change.causeOn,
      previous_code: previousCode,
      name: identification.name,
      birth_date: identification.birthDate,
      sex: identification.sex,
      address: identification.address,
      recorded_on: recordedOn,
    })
    .execute();
  const codes = [identification.residentRecordCode, ...(previousCode ? [previousCode] : [])];
  await trx.deleteFrom('identification_information').where('resident_record_code', 'in', codes).execute();
  if (change.kind !== 'DELETION') await enterIdentificationInformation(trx, [identification]);
}

/** What was recorded under a code, the oldest first. */
export async function changesOf(db: Kysely<CoreTables>, code: ResidentRecordCode): Promise<KeptChange[]> {
  const rows = await db
    .selectFrom('change_information')
    .selectAll()
    .where('resident_record_code', '=', code)
    .orderBy('version')
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    reason: row.reason,
    causeOn: row.cause_on,
    version: Number(row.version),
    previousCode: row.previous_code,
    recordedOn: row.recorded_on,
    identification: {
      name: row.name,
      birthDate: row.birth_date,
      sex: row.sex,
      address: row.address,
      residentRecordCode: row.resident_record_code,
    },
  }));
}
