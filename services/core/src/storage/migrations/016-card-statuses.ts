import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';

/** How cards stand, at the levels above the municipality that keeps them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('card_status'))
    .addColumn('card_number', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('municipality', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('invalid_by', 'text')
    .addColumn('expires_on', 'text', (column) => column.notNull())
    .addColumn('lapses_after', 'text')
    .addColumn('lapses_by', 'text')
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    // How often the chip has answered, as far as this office has seen.
    .addColumn('answers', 'integer', (column) => column.notNull().defaultTo(0))
    // When it did so the last time.
    .addColumn('answered_at', 'text')
    .execute();
}
