import type { Kysely, Transaction } from 'kysely';
import { inGroups } from '../domain/in-groups.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { selection } from './compiled.js';
import type { CoreTables } from './tables.js';

const ROWS_AT_ONCE = 5_000;

const keysOf = selection<CoreTables['audit_person_key']>((db, codes) =>
  db.selectFrom('audit_person_key').selectAll().where('resident_record_code', 'in', codes),
);

/** What somebody is named with in the log: 32 bytes. */
interface PersonKey {
  code: ResidentRecordCode;
  personKey: Buffer;
}

/** Those that were worked out before. */
export async function readPersonKeys(db: Kysely<CoreTables>, codes: ResidentRecordCode[]): Promise<PersonKey[]> {
  const rows = await keysOf(db, codes);
  return rows.map(({ resident_record_code: code, person_key: key }) => ({
    code,
    personKey: Buffer.from(key, 'base64'),
  }));
}

export async function keepPersonKeys(trx: Transaction<CoreTables>, keys: PersonKey[]): Promise<void> {
  for (const group of inGroups(keys, ROWS_AT_ONCE))
    await trx
      .insertInto('audit_person_key')
      .values(
        group.map(({ code, personKey }) => ({ resident_record_code: code, person_key: personKey.toString('base64') })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}
