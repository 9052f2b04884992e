import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { CoreTables } from '#core/storage/tables.js';

type Statement = Sqlite.Statement<unknown[]>;

/** Whoever lives in a town by what its register says, at each moment at which that is committed. */
export type OnCommitted = (active: string[]) => void;

const REGISTER_WRITTEN = /^(insert into|update|delete from) "resident_record"/;
const ACTIVE = 'select resident_record_code from resident_record where deleted_on is null order by 1';

/**
 * Opens a ledger so that each commit that changes its register is seen in the moment in which it happens, before anything
 * else can; and reads without a turn of the event loop, so that looking changes nothing of what is looked at.
 */
export class WatchedLedger {
  readonly db: Kysely<CoreTables>;
  private readonly database: Sqlite.Database;
  private readonly statements = new Map<string, Statement>();
  private readonly onCommitted: OnCommitted | undefined;
  private isWritten = false;

  constructor(file: string, onCommitted?: OnCommitted) {
    this.database = new Sqlite(file);
    this.onCommitted = onCommitted;
    // A power cut is not drilled: what a process has handed over to the system stays.
    for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = OFF', 'foreign_keys = ON'])
      this.database.pragma(pragma);
    this.db = new Kysely<CoreTables>({
      dialect: new SqliteDialect({
        database: { prepare: (sql) => this.prepare(sql), close: () => void this.database.close() },
      }),
    });
  }

  /** Rows as they are, so that no reading code is trusted. */
  rows<Row>(sql: string, ...parameters: unknown[]): Row[] {
    return this.statement(sql).all(...parameters) as Row[];
  }

  private statement(sql: string): Statement {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  private prepare(sql: string) {
    if (REGISTER_WRITTEN.test(sql)) this.isWritten = true;
    const statement = this.statement(sql);
    if (sql !== 'commit') return statement as never;
    const run = (parameters: unknown[]) => {
      const done = statement.run(parameters);
      this.committed();
      return done;
    };
    return { reader: false, run } as never;
  }

  private committed(): void {
    if (!this.isWritten) return;
    this.isWritten = false;
    this.onCommitted?.(this.rows<{ resident_record_code: string }>(ACTIVE).map((row) => row.resident_record_code));
  }
}
