import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';

/** Who may sign in at this office, and how often somebody failed to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('operator'))
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('card', 'text', (column) => column.notNull())
    .execute();

  // Of its own, without a reference: a name that nobody has is counted like any other.
  await strict(db, db.schema.createTable('sign_in_tries'))
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('locked_at', 'text')
    .execute();
}
