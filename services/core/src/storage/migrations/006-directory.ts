import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';

export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('directory'))
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('issued_at', 'text', (column) => column.notNull())
    .addColumn('signature', 'text', (column) => column.notNull())
    .addColumn('certificate', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .execute();
  await strict(db, db.schema.createTable('own_line'))
    .addColumn('cut_at', 'text', (column) => column.notNull())
    .addColumn('cut_by', 'text', (column) => column.notNull())
    .addColumn('grounds', 'text', (column) => column.notNull())
    .addColumn('restored_at', 'text')
    .addColumn('restored_by', 'text')
    .addColumn('finding', 'text')
    .execute();
}
