import Sqlite from 'better-sqlite3';
import {
  type CreateTableBuilder,
  type Dialect,
  type Kysely,
  PostgresDialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
  sql,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import type { CoreTables } from './tables.js';

/** Bounds of what an open ledger keeps; what is longer than most names as many values as one question had. */
const MOST_STATEMENTS = 200;
const LONGEST_KEPT = 2_000;

/**
 * The one file that knows which database it is: `sqlite:<path>` or `postgres://…`.
 *
 * A SQLite file has one owner process; full durability, since an audit entry that is lost in a power cut would make
 * an answer that nobody accounts for.
 */
export function dialectFor(url: string): Dialect {
  if (url.startsWith('sqlite:'))
    return new TransactionalSqlite({ database: () => Promise.resolve(keepingStatements(openSqlite(url.slice(7)))) });
  if (/^postgres(ql)?:/.test(url)) return new PostgresDialect({ pool: openPool(url) });
  throw new RangeError('a ledger is at sqlite:<path> or postgres://…');
}

/** SQLite takes changes of its schema back with their transaction, which kysely does not rely on unless it is told so. */
class TransactionalSqlite extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}

/** For every table: SQLite then holds to the declared types, as PostgreSQL always does. */
export function strict<T extends string, C extends string>(
  db: Kysely<unknown>,
  table: CreateTableBuilder<T, C>,
): CreateTableBuilder<T, C> {
  return db.getExecutor().adapter instanceof SqliteAdapter ? table.modifyEnd(sql`strict`) : table;
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

function openSqlite(path: string): Sqlite.Database {
  const database = new Sqlite(path, { timeout: 1_000 });
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('cache_size = -16000');
  // Beside its ledger an office may have no place to write: what a large transaction needs for a while stays in memory.
  database.pragma('temp_store = MEMORY');
  return database;
}

/** SQLite needs longer to read a statement than to do it, mostly: so those that come again are read once. */
function keepingStatements(database: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => void database.close(),
    prepare(text) {
      const statement = kept.get(text) ?? (database.prepare(text) as SqliteStatement);
      if (kept.size >= MOST_STATEMENTS) kept.clear();
      if (text.length <= LONGEST_KEPT) kept.set(text, statement);
      return statement;
    },
  };
}
