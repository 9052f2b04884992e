import type { Kysely } from 'kysely';
import { strict } from '#core/storage/dialect.js';

export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('allotment'))
    .addColumn('allotment_id', 'text', (column) => column.primaryKey())
    .addColumn('municipality', 'text', (column) => column.notNull())
    .addColumn('amount', 'integer', (column) => column.notNull())
    .addColumn('allotted_at', 'text', (column) => column.notNull())
    .execute();
  // The primary key is what makes pools disjoint, nation-wide and for ever.
  await strict(db, db.schema.createTable('allotted_code'))
    .addColumn('resident_record_code', 'text', (column) => column.primaryKey())
    .addColumn('allotment_id', 'text', (column) => column.notNull().references('allotment.allotment_id'))
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('allotted_code_allotment')
    .on('allotted_code')
    .columns(['allotment_id', 'ordinal'])
    .execute();
}
