import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';

/** What people ask an office for in writing, and what was written to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('disclosure_request'))
    .addColumn('request_id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('statement', 'text', (column) => column.notNull())
    .addColumn('received_on', 'text', (column) => column.notNull())
    .addColumn('received_by', 'text', (column) => column.notNull())
    .addColumn('due_on', 'text', (column) => column.notNull())
    .addColumn('extension', 'text')
    .addColumn('answered_on', 'text')
    .addColumn('answered_by', 'text')
    .addColumn('answer', 'text')
    .addColumn('document', 'text')
    .execute();
}
