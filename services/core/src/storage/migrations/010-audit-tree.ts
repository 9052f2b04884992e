import type { Kysely } from 'kysely';
import { appendLeaves } from '../audit-tiles.js';
import { strict } from '../dialect.js';
import type { CoreTables } from '../tables.js';

const PAGE = 5_000;

/** A tree is laid over the log, entries from before it among them. */
export async function up(anyDb: Kysely<unknown>): Promise<void> {
  const db = anyDb as unknown as Kysely<CoreTables>;
  await strict(anyDb, db.schema.createTable('audit_tile'))
    .addColumn('level', 'integer', (column) => column.notNull())
    .addColumn('tile', 'integer', (column) => column.notNull())
    .addColumn('hashes', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_tile_key', ['level', 'tile'])
    .execute();
  for (let from = 0; ; from += PAGE) {
    const query = db.selectFrom('audit_entry').select('leaf').where('position', '>=', from);
    const rows = await query.orderBy('position').limit(PAGE).execute();
    const leaves = rows.map(({ leaf }) => leaf);
    await appendLeaves(db, from, leaves);
    if (rows.length < PAGE) return;
  }
}
