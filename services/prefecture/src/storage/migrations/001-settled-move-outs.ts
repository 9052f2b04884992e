import type { Kysely } from 'kysely';
import { strict } from '#core/storage/dialect.js';

export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('settled_move_out'))
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('moved_in_on', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('settled_move_out_key', ['resident_record_code', 'version'])
    .execute();
}
