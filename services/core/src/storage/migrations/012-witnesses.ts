import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';

/** What an office has seen of other offices' logs, who has seen what of its own, and what an alarm can be shown with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('witnessed_log'))
    .addColumn('office', 'text', (column) => column.primaryKey())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('certificate', 'text', (column) => column.notNull())
    .addColumn('witnessed_at', 'text', (column) => column.notNull())
    .addColumn('contradicted_by', 'text')
    .execute();
  await strict(db, db.schema.createTable('log_witness'))
    .addColumn('witness', 'text', (column) => column.primaryKey())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('certificate', 'text', (column) => column.notNull())
    .addColumn('witnessed_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.alterTable('alarm').addColumn('evidence', 'text').execute();
}
