import Sqlite from 'better-sqlite3';
import type { Points } from './points.js';

/** Whatever is kept beside each log entry; the entry itself says more. */
const BESIDE_THE_LOG = /^audit_/;
const WRITES = /^\s*(?:insert into|update|delete from) "(\w+)"/i;

/** What a transaction that has not been committed yet has written, by connection. */
const written = new WeakMap<Sqlite.Database, Set<string>>();
const { prepare } = Sqlite.prototype;

/** The ledger of this process. */
let ledger: Sqlite.Database | undefined;

/**
 * Has each commit pass a point before and after it: that of a transaction, and of a statement outside of one. Every
 * statement of an office goes through `prepare`, which the driver calls anew each time.
 */
export function watchCommits(points: Points): void {
  Sqlite.prototype.prepare = function (this: Sqlite.Database, sql: string) {
    const statement = prepare.call(this, sql);
    ledger = this;
    if (sql === 'rollback') written.delete(this);
    if (sql === 'commit' || !statement.readonly) watch(statement, (values, run) => ran(points, { sql, values, run }));
    return statement;
  } as typeof prepare;
}

/** How much waits in the ledger's queues to other offices; nothing is written, and nothing logged, for who asks. */
export function waitingInQueues(): number {
  const { waiting } = prepare.call(opened(), 'select count(*) as waiting from outbox').get([]) as { waiting: number };
  return waiting;
}

function opened(): Sqlite.Database {
  if (!ledger) throw new Error('no ledger is open');
  return ledger;
}

function watch(statement: Sqlite.Statement, ran: (values: unknown[], run: () => unknown) => unknown): void {
  for (const method of ['run', 'all'] as const) {
    const original = statement[method].bind(statement);
    const watched = (values: unknown[] = []) => ran(values, () => original(values));
    Object.assign(statement, { [method]: watched });
  }
}

interface Running {
  sql: string;
  values: unknown[];
  run: () => unknown;
}

function ran(points: Points, { sql, values, run }: Running): unknown {
  const database = opened();
  const all = written.get(database) ?? new Set();
  if (sql !== 'commit') for (const one of writtenBy(database, sql, values)) all.add(one);
  written.set(database, all);
  if (database.inTransaction && sql !== 'commit') return run();
  written.delete(database);
  // A transaction that only reads leaves nothing behind.
  if (all.size === 0) return run();
  const whats = namesOf(all).map((one) => `commit ${one}`);
  points.pass('before', whats);
  const result = run();
  points.pass('after', whats);
  return result;
}

/** The entries of the log that are among it; else its tables. */
function namesOf(all: Set<string>): string[] {
  const entries = [...all].filter((one) => one.startsWith('log '));
  return entries.length > 0 ? entries : [[...all].join(', ')];
}

/** The entries of the log; else the table, and which queue. */
function writtenBy(database: Sqlite.Database, sql: string, values: unknown[]): string[] {
  const [, table = ''] = WRITES.exec(sql) ?? [];
  if (table === 'audit_entry') return values.flatMap(entryIn);
  if (table === 'outbox' && sql.startsWith('delete')) return queuesOf(database, values);
  return table === '' || BESIDE_THE_LOG.test(table) ? [] : [table];
}

function queuesOf(database: Sqlite.Database, positions: unknown[]): string[] {
  const sql = `select distinct kind from outbox where position in (${positions.map(() => '?').join()})`;
  const kinds = prepare.call(database, sql).pluck().all(positions) as string[];
  return kinds.map((kind) => `outbox ${kind}`);
}

function entryIn(value: unknown): string[] {
  if (typeof value !== 'string' || !value.startsWith('{')) return [];
  const { event, procedure } = JSON.parse(value) as { event?: string; procedure?: string };
  return event === undefined || procedure === undefined ? [] : [`log ${event} ${procedure.replace(/^.*\.\w+\//, '')}`];
}
