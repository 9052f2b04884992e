import { type Kysely, sql } from 'kysely';
import { matchKey } from '../../domain/match-key.js';
import { clustered } from '../dialect.js';

const PAGE = 500;

interface Row {
  resident_record_code: string;
  name: string;
  birth_date: string;
  sex: 'MALE' | 'FEMALE';
  address: string;
  standing: string;
  version: number;
  municipality: string;
  successor: string | null;
  quarantined_at: string | null;
}

interface Tables {
  identification_information: Row & { match_key: string };
  identification_information_of_before: Row;
}

/**
 * People are found by the four items, and what each is named with in the log is worked out once. What is looked up for
 * everybody who is looked up is kept in the order of codes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await keyHoldings(db);
  await clustered(db, db.schema.createTable('audit_person_key'))
    .addColumn('resident_record_code', 'text', (column) => column.primaryKey())
    .addColumn('person_key', 'text', (column) => column.notNull())
    .execute();
  await clusterSubjects(db);
}

async function keyHoldings(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('identification_information_municipality').execute();
  await db.schema.alterTable('identification_information').renameTo('identification_information_of_before').execute();
  await clustered(db, db.schema.createTable('identification_information'))
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('birth_date', 'text', (column) => column.notNull())
    .addColumn('sex', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('standing', 'text', (column) => column.notNull().defaultTo('ACTIVE'))
    .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('municipality', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('successor', 'text')
    .addColumn('quarantined_at', 'text')
    .addColumn('match_key', 'text', (column) => column.notNull().defaultTo(''))
    .addPrimaryKeyConstraint('identification_information_code', ['resident_record_code'])
    .execute();
  await copyHoldings(db as Kysely<Tables>);
  await db.schema.dropTable('identification_information_of_before').execute();
  await db.schema
    .createIndex('identification_information_municipality')
    .on('identification_information')
    .columns(['municipality', 'resident_record_code'])
    .execute();
  await db.schema
    .createIndex('identification_information_match_key')
    .on('identification_information')
    .column('match_key')
    .execute();
}

async function copyHoldings(db: Kysely<Tables>): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('identification_information_of_before')
      .selectAll()
      .where('resident_record_code', '>', after)
      .orderBy('resident_record_code')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return;
    await db.insertInto('identification_information').values(rows.map(keyed)).execute();
    after = rows.at(-1)?.resident_record_code ?? '';
  }
}

function keyed(row: Row): Tables['identification_information'] {
  const { name, birth_date: birthDate, sex, address } = row;
  return { ...row, match_key: matchKey({ name, birthDate, sex, address }) };
}

async function clusterSubjects(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('audit_subject_position').execute();
  await db.schema.alterTable('audit_subject').renameTo('audit_subject_of_before').execute();
  await clustered(db, db.schema.createTable('audit_subject'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('salt', 'text')
    .addPrimaryKeyConstraint('audit_subject_code_number', ['resident_record_code', 'number'])
    .execute();
  await sql`insert into audit_subject select position, resident_record_code, number, ordinal, salt
    from audit_subject_of_before`.execute(db);
  await db.schema.dropTable('audit_subject_of_before').execute();
  await db.schema.createIndex('audit_subject_position').on('audit_subject').column('position').execute();
}
