import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';
import type { CoreTables } from '../tables.js';

/** What has to be known of entries that are no longer kept, and which entry needs a certificate last. */
export async function up(anyDb: Kysely<unknown>): Promise<void> {
  const db = anyDb as unknown as Kysely<CoreTables>;
  await strict(anyDb, anyDb.schema.createTable('audit_pruned'))
    .addColumn('before', 'integer', (column) => column.notNull())
    .execute();
  await db.insertInto('audit_pruned').values({ before: 0 }).execute();
  await strict(anyDb, anyDb.schema.createTable('audit_last_number'))
    .addColumn('mark', 'text', (column) => column.primaryKey())
    .addColumn('number', 'integer', (column) => column.notNull())
    .execute();
  await anyDb.schema.alterTable('signing_certificate').addColumn('last_entry', 'integer').execute();
  // Which entries need those of before is not known: they are kept for as long as the newest entry is.
  await db
    .updateTable('signing_certificate')
    .set((row) => ({
      last_entry: row.selectFrom('audit_entry').select(({ fn }) => fn.max('position').as('newest')),
    }))
    .execute();
}
