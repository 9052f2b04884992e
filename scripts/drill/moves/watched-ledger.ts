import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { CoreTables } from '#core/storage/tables.js';

type Statement = Sqlite.Statement<unknown[]>;

/** Whoever lives in a town by what its register says, at each moment at which that is committed. */
export type OnCommitted = (active: string[]) => void;

const REGISTER_WRITTEN = /^(insert into|update|delete from) "resident_record"/;
/** Those that refer to others before these. */
const TABLES = `select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'
  order by (select count(*) from pragma_foreign_key_list(name)) desc`;
const ACTIVE = 'select resident_record_code from resident_record where deleted_on is null order by 1';

/**
 * A ledger in memory, which outlives its office: what was committed stays when that crashes, and what was not is taken
 * back. Each commit that changes its register is seen in the moment in which it happens, before anything else can; and it
 * is read without a turn of the event loop, so that looking changes nothing of what is looked at.
 */
export class WatchedLedger {
  private readonly database: Sqlite.Database;
  private readonly statements = new Map<string, Statement>();
  private readonly tables: string[];
  private onCommitted: OnCommitted | undefined;
  private isWritten = false;

  /** @param content of the ledger's file */
  constructor(content: Buffer) {
    this.database = new Sqlite(content);
    this.database.pragma('foreign_keys = ON');
    this.tables = this.rows<{ name: string }>(TABLES).map(({ name }) => name);
    this.database.exec(`attach ':memory:' as beginning`);
    for (const table of this.tables) this.database.exec(`create table beginning.${table} as select * from ${table}`);
  }

  /** Makes it what it was at the beginning: for another schedule, which then needs not prepare every statement again. */
  reset(onCommitted: OnCommitted | undefined): void {
    this.onCommitted = onCommitted;
    this.statement('begin').run();
    for (const table of this.tables) this.statement(`delete from ${table}`).run();
    for (const table of this.tables.toReversed())
      this.statement(`insert into ${table} select * from beginning.${table}`).run();
    this.statement('commit').run();
  }

  /** For one life of its office. */
  open(): Kysely<CoreTables> {
    let isOpen = true;
    const prepare = (sql: string) => {
      if (!isOpen) throw new TypeError('The database connection is not open');
      return this.prepare(sql);
    };
    const close = () => {
      isOpen = false;
      if (this.database.inTransaction) this.database.exec('rollback');
      this.isWritten = false;
    };
    return new Kysely<CoreTables>({ dialect: new SqliteDialect({ database: { prepare, close } }) });
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
