import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';

/** What offices sign of their exchanges stands beside the entries. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('audit_entry').addColumn('proof', 'text').execute();
  await db.schema.alterTable('audit_entry').addColumn('receipt', 'text').execute();
  await db.schema.alterTable('audit_entry').addColumn('mandate', 'text').execute();
  await strict(db, db.schema.createTable('signing_certificate'))
    .addColumn('fingerprint', 'text', (column) => column.primaryKey())
    .addColumn('der', 'text', (column) => column.notNull())
    .execute();
}
