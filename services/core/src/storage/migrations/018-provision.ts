import { type Kysely, sql } from 'kysely';
import { matchKey } from '../../domain/match-key.js';
import { strict } from '../dialect.js';

const PAGE = 500;

interface Row {
  resident_record_code: string;
  name: string;
  birth_date: string;
  sex: string;
  address: string;
}

/** People are found by the four items; and what each is named with in the log is worked out once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('identification_information')
    .addColumn('match_key', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await keyHoldings(db);
  await db.schema
    .createIndex('identification_information_match_key')
    .on('identification_information')
    .column('match_key')
    .execute();
  await strict(db, db.schema.createTable('audit_person_key'))
    .addColumn('resident_record_code', 'text', (column) => column.primaryKey())
    .addColumn('person_key', 'text', (column) => column.notNull())
    .execute();
}

async function keyHoldings(db: Kysely<unknown>): Promise<void> {
  for (let after = ''; ; ) {
    const { rows } = await sql<Row>`select resident_record_code, name, birth_date, sex, address
      from identification_information where resident_record_code > ${after}
      order by resident_record_code limit ${PAGE}`.execute(db);
    for (const { resident_record_code: code, name, birth_date: birthDate, sex, address } of rows)
      await sql`update identification_information set match_key = ${matchKey({ name, birthDate, sex: sex as 'MALE', address })}
        where resident_record_code = ${code}`.execute(db);
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.resident_record_code ?? '';
  }
}
