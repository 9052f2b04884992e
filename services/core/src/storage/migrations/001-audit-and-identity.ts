import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';

export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('audit_entry'))
    .addColumn('position', 'integer', (column) => column.primaryKey())
    .addColumn('exchange', 'text', (column) => column.notNull())
    .addColumn('leaf', 'text', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .execute();
  // For comparing what two offices logged of one exchange.
  await db.schema.createIndex('audit_entry_exchange').on('audit_entry').column('exchange').execute();

  await strict(db, db.schema.createTable('audit_subject'))
    .addColumn('position', 'integer', (column) => column.notNull().references('audit_entry.position'))
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('salt', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_subject_key', ['position', 'ordinal'])
    .execute();
  // For telling a resident who looked.
  await db.schema.createIndex('audit_subject_code').on('audit_subject').column('resident_record_code').execute();

  await strict(db, db.schema.createTable('identification_information'))
    .addColumn('resident_record_code', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('birth_date', 'text', (column) => column.notNull())
    .addColumn('sex', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .execute();
}
