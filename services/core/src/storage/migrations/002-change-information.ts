import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';

/** 変更情報: each change of a person's identification information, kept as history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('change_information'))
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('cause_on', 'text', (column) => column.notNull())
    .addColumn('previous_code', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('birth_date', 'text', (column) => column.notNull())
    .addColumn('sex', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('recorded_on', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('change_information_key', ['resident_record_code', 'version'])
    .execute();
}
