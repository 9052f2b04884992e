import {
  type CreateTableBuilder,
  type Dialect,
  type Kysely,
  PostgresDialect,
  SqliteAdapter,
  sql,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import { durableSqlite } from './sqlite.js';
import type { CoreTables } from './tables.js';

/**
 * The one file that knows which database it is: `sqlite:<path>` or `postgres://…`.
 */
export function dialectFor(url: string): Dialect {
  if (url.startsWith('sqlite:')) return durableSqlite(url.slice('sqlite:'.length));
  if (/^postgres(ql)?:/.test(url)) return new PostgresDialect({ pool: openPool(url) });
  throw new RangeError('a ledger is at sqlite:<path> or postgres://…');
}

/** For every table: SQLite then holds to the declared types, as PostgreSQL always does. */
export function strict<T extends string, C extends string>(
  db: Kysely<unknown>,
  table: CreateTableBuilder<T, C>,
): CreateTableBuilder<T, C> {
  return db.getExecutor().adapter instanceof SqliteAdapter ? table.modifyEnd(sql`strict`) : table;
}

/** As strict, of a table that is kept in the order of its primary key: in SQLite, one tree instead of two. */
export function clustered<T extends string, C extends string>(
  db: Kysely<unknown>,
  table: CreateTableBuilder<T, C>,
): CreateTableBuilder<T, C> {
  return db.getExecutor().adapter instanceof SqliteAdapter ? table.modifyEnd(sql`strict, without rowid`) : table;
}

/**
 * Makes a transaction the only one that writes, from here until it ends: SQLite has one writer by itself. Readers go on.
 */
export async function writeAlone<Tables extends CoreTables>(trx: Transaction<Tables>): Promise<void> {
  if (trx.getExecutor().adapter instanceof SqliteAdapter) return;
  await sql`lock table audit_entry in exclusive mode`.execute(trx);
}

/** An idle connection that is lost is made again when it is next needed; unheard, its error would end the process. */
function openPool(url: string): pg.Pool {
  return new pg.Pool({ connectionString: url, max: 4 }).on('error', () => {});
}
