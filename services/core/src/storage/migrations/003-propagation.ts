import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';

/** From an identity ledger that is filled to one that follows changes: versions, where they came from, what is to go on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const extend = (table: string, column: string, type: 'text' | 'integer', fallback?: string | number) =>
    db.schema
      .alterTable(table)
      .addColumn(column, type, (one) => (fallback === undefined ? one : one.notNull().defaultTo(fallback)))
      .execute();
  await extend('identification_information', 'standing', 'text', 'ACTIVE');
  // What was there before versions is older than everything, and a version nevertheless.
  await extend('identification_information', 'version', 'integer', 1);
  await extend('identification_information', 'municipality', 'text', '');
  await extend('identification_information', 'successor', 'text');
  await extend('identification_information', 'quarantined_at', 'text');
  await extend('change_information', 'change_id', 'text', '');
  await extend('change_information', 'municipality', 'text', '');
  // Changes of before had no id.
  await giveIds(db as Kysely<{ change_information: KeptBefore }>);
  await db.schema.createIndex('change_information_id').on('change_information').column('change_id').unique().execute();
  await db.schema.createIndex('change_information_previous').on('change_information').column('previous_code').execute();
  await db.schema
    .createIndex('identification_information_municipality')
    .on('identification_information')
    .columns(['municipality', 'resident_record_code'])
    .execute();

  await strict(db, db.schema.createTable('outbox'))
    .addColumn('position', 'integer', (column) => column.primaryKey())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('queued_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('outbox_destination').on('outbox').columns(['destination', 'position']).execute();

  await db.schema.createIndex('outbox_code').on('outbox').column('resident_record_code').execute();

  await strict(db, db.schema.createTable('discrepancy'))
    .addColumn('discrepancy_id', 'text', (column) => column.primaryKey())
    .addColumn('municipality', 'text', (column) => column.notNull())
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('change_id', 'text')
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('found_by', 'text', (column) => column.notNull())
    .addColumn('found_at', 'text', (column) => column.notNull())
    .addColumn('closed_by', 'text')
    .addColumn('closed_at', 'text')
    .addColumn('finding', 'text')
    .execute();

  await strict(db, db.schema.createTable('consistency_check'))
    .addColumn('position', 'integer', (column) => column.primaryKey())
    .addColumn('above', 'text', (column) => column.notNull())
    .addColumn('checked_at', 'text', (column) => column.notNull())
    .addColumn('differing', 'integer', (column) => column.notNull())
    .addColumn('repaired', 'integer', (column) => column.notNull())
    .addColumn('recovered', 'integer', (column) => column.notNull())
    .execute();
}

interface KeptBefore {
  resident_record_code: string;
  version: number;
  change_id: string;
}

async function giveIds(db: Kysely<{ change_information: KeptBefore }>): Promise<void> {
  const keys = await db.selectFrom('change_information').select(['resident_record_code', 'version']).execute();
  for (const { resident_record_code: code, version } of keys) {
    await db
      .updateTable('change_information')
      .set({ change_id: randomUUID() })
      .where('resident_record_code', '=', code)
      .where('version', '=', version)
      .execute();
  }
}
