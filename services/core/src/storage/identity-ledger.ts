import type { Kysely, Transaction } from 'kysely';
import type { IdentificationInformation } from '../domain/identification-information.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { CoreTables } from './tables.js';

const ROWS_AT_ONCE = 500;

/** What this office holds under a code, for a unique match only; nothing here lists or searches (NOCENTRAL). */
export async function findIdentificationInformation(
  db: Kysely<CoreTables>,
  code: ResidentRecordCode,
): Promise<IdentificationInformation | undefined> {
  const row = await db
    .selectFrom('identification_information')
    .selectAll()
    .where('resident_record_code', '=', code)
    .executeTakeFirst();
  return (
    row && {
      name: row.name,
      birthDate: row.birth_date,
      sex: row.sex,
      address: row.address,
      residentRecordCode: row.resident_record_code,
    }
  );
}

/** Enters people who are not yet in this ledger. The caller's transaction decides whether they are kept. */
export async function enterIdentificationInformation(
  trx: Transaction<CoreTables>,
  people: IdentificationInformation[],
): Promise<void> {
  for (let i = 0; i < people.length; i += ROWS_AT_ONCE) {
    const rows = people.slice(i, i + ROWS_AT_ONCE).map((person) => ({
      resident_record_code: person.residentRecordCode,
      name: person.name,
      birth_date: person.birthDate,
      sex: person.sex,
      address: person.address,
    }));
    await trx.insertInto('identification_information').values(rows).execute();
  }
}

/** Whether nobody is in this ledger yet. */
export async function isIdentityLedgerEmpty(db: Kysely<CoreTables>): Promise<boolean> {
  const anyone = await db.selectFrom('identification_information').select('sex').limit(1).executeTakeFirst();
  return anyone === undefined;
}
