import Sqlite from 'better-sqlite3';
import {
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import { DurableFile } from './durable-file.js';

/** Bounds of what an open ledger keeps; what is longer than most names as many values as one question had. */
const MOST_STATEMENTS = 200;
const LONGEST_KEPT = 2_000;

/** Whether the disk is asked to keep what is written. Where it is not, a power cut can take it back, and nothing else. */
type Disk = 'ASKED' | 'NOT_ASKED';

/**
 * A SQLite file, with one owner process and one connection. It has full durability, since an audit entry that is lost in a
 * power cut would make an answer that nobody accounts for; and nobody but whoever has written waits for the disk.
 */
export function durableSqlite(path: string, disk: Disk = 'ASKED'): Dialect {
  return {
    createAdapter: () => new OneConnection(),
    createDriver: () => new DurableDriver(new OpenFile(path, disk)),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class OneConnection extends SqliteAdapter {
  /** SQLite takes changes of its schema back with their transaction, which kysely does not rely on unless it is told so. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** The driver has its own turns: kysely's would last until the disk has what was written. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class DurableDriver extends SqliteDriver {
  private readonly file: OpenFile;
  private last: Promise<void> = Promise.resolve();
  private endTurn: () => void = () => {};

  constructor(file: OpenFile) {
    super({ database: () => Promise.resolve(file.open()) });
    this.file = file;
  }

  /** One after another, in the order in which they came. */
  override async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.last;
    let end: () => void = () => {};
    this.last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    this.endTurn = end;
    return super.acquireConnection();
  }

  /** The next may go on at once; whoever has written goes on when it is on the disk. */
  override async releaseConnection(): Promise<void> {
    const durable = this.file.durable();
    this.endTurn();
    await durable;
  }

  override async destroy(): Promise<void> {
    await this.file.close();
    await super.destroy();
  }
}

/** The database, and its write-ahead log as a file. */
class OpenFile {
  private readonly path: string;
  private readonly disk: Disk;
  private log: DurableFile | undefined;
  private isWritten = false;

  constructor(path: string, disk: Disk) {
    this.path = path;
    this.disk = disk;
  }

  open(): SqliteDatabase {
    const database = new Sqlite(this.path, { timeout: 1_000 });
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    // A commit is in the log's file, and `durable` has that put on the disk; what SQLite copies from there, it syncs itself.
    database.pragma(`synchronous = ${this.disk === 'ASKED' ? 'NORMAL' : 'OFF'}`);
    // In pages: what is copied back from a larger log was mostly written there several times.
    database.pragma('wal_autocheckpoint = 4000');
    database.pragma('foreign_keys = ON');
    database.pragma('cache_size = -16000');
    // Beside its ledger an office may have no place to write: what a large transaction needs for a while stays in memory.
    database.pragma('temp_store = MEMORY');
    if (!database.memory && this.disk === 'ASKED') this.log = new DurableFile(`${this.path}-wal`);
    return keepingStatements(database, () => {
      this.isWritten = true;
    });
  }

  /** Resolves once everything that was written since it was last called is on the disk. */
  async durable(): Promise<void> {
    if (!this.isWritten) return;
    this.isWritten = false;
    await this.log?.sync();
  }

  async close(): Promise<void> {
    await this.log?.close();
  }
}

/** SQLite needs longer to read a statement than to do it, mostly: so those that come again are read once. */
function keepingStatements(database: Sqlite.Database, noteWrite: () => void): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  const prepare = (text: string) => {
    const statement = database.prepare(text);
    return statement.readonly ? (statement as SqliteStatement) : noting(statement as SqliteStatement, noteWrite);
  };
  return {
    close: () => void database.close(),
    prepare(text) {
      const statement = kept.get(text) ?? prepare(text);
      if (kept.size >= MOST_STATEMENTS) kept.clear();
      if (text.length <= LONGEST_KEPT) kept.set(text, statement);
      return statement;
    },
  };
}

function noting(statement: SqliteStatement, noteWrite: () => void): SqliteStatement {
  return {
    reader: statement.reader,
    all(parameters) {
      noteWrite();
      return statement.all(parameters);
    },
    run(parameters) {
      noteWrite();
      return statement.run(parameters);
    },
    iterate(parameters) {
      noteWrite();
      return statement.iterate(parameters);
    },
  };
}
