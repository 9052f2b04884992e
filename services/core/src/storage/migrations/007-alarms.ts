import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';

export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('alarm'))
    .addColumn('alarm_id', 'text', (column) => column.primaryKey())
    .addColumn('pattern', 'text', (column) => column.notNull())
    .addColumn('operator', 'text', (column) => column.notNull())
    .addColumn('resident_record_code', 'text')
    .addColumn('raised_at', 'text', (column) => column.notNull())
    .addColumn('closed_by', 'text')
    .addColumn('closed_at', 'text')
    .addColumn('finding', 'text')
    .execute();
}
