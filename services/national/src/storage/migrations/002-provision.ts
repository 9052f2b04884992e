import type { Kysely } from 'kysely';
import { strict } from '#core/storage/dialect.js';

/** Agencies, and what is asked in batches. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('agency'))
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('bodies', 'text', (column) => column.notNull())
    .addColumn('purposes', 'text', (column) => column.notNull())
    .addColumn('revoked_at', 'text')
    .execute();
  await strict(db, db.schema.createTable('batch'))
    .addColumn('batch_id', 'text', (column) => column.primaryKey())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('inquiry', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('since', 'text')
    .addColumn('people', 'integer', (column) => column.notNull())
    .addColumn('answered', 'integer', (column) => column.notNull())
    .addColumn('acknowledged', 'integer', (column) => column.notNull())
    .addColumn('not_found', 'integer', (column) => column.notNull())
    .addColumn('most_not_found', 'integer', (column) => column.notNull())
    .addColumn('requested_at', 'text', (column) => column.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'text')
    .execute();
  await strict(db, db.schema.createTable('batch_piece'))
    .addColumn('batch_id', 'text', (column) => column.notNull().references('batch.batch_id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('answers', 'text')
    .addPrimaryKeyConstraint('batch_piece_key', ['batch_id', 'number'])
    .execute();
}
