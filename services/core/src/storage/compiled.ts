import type { Compilable, CompiledQuery, InsertQueryBuilder, Kysely } from 'kysely';

/*
 * Statements that are written once and done often. kysely needs longer to write a statement for a hundred rows than SQLite
 * to do it; so for each number of rows, in powers of two, it is written once for each kind of database.
 */

/** Rows of one statement: what databases bind, and what is kept prepared, is bounded. */
const MOST_ROWS = 64;
const MOST_KEYS = 512;

// biome-ignore lint/suspicious/noExplicitAny: which tables there are is the caller's to say
type AnyDb = Kysely<any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
type AnyInsert = InsertQueryBuilder<any, any, any>;

/**
 * Inserts rows with these columns, in their order. In the caller's transaction.
 *
 * @param more what the statement says besides, as of rows that are there
 */
export function insertion<Row extends object>(
  table: string,
  columns: readonly (keyof Row & string)[],
  more: (insert: AnyInsert) => AnyInsert = (insert) => insert,
): (db: AnyDb, rows: readonly Row[]) => Promise<void> {
  const blank = Object.fromEntries(columns.map((column) => [column, '']));
  const compiled = compiledFor((db, count) => more(db.insertInto(table).values(Array(count).fill(blank))));
  return async (db, rows) => {
    for (let at = 0; at < rows.length; ) {
      const count = Math.min(MOST_ROWS, largestPower(rows.length - at));
      const parameters = [];
      for (const row of rows.slice(at, at + count)) for (const column of columns) parameters.push(row[column]);
      await db.executeQuery({ ...compiled(db, count), parameters });
      at += count;
    }
  };
}

/**
 * Selects what there is for some keys.
 *
 * @param select writes the statement; its parameters are the keys, and nothing else
 */
export function selection<Row>(
  select: (db: AnyDb, keys: string[]) => Compilable<Row>,
): (db: AnyDb, keys: readonly (string | number)[]) => Promise<Row[]> {
  const compiled = compiledFor((db, count) => select(db, Array(count).fill('')));
  return async (db, keys) => {
    const found: Row[] = [];
    for (let at = 0; at < keys.length; at += MOST_KEYS) {
      const some = keys.slice(at, at + MOST_KEYS);
      const count = 2 ** Math.ceil(Math.log2(some.length));
      // A key that is there twice finds nothing more.
      const parameters = [...some, ...Array(count - some.length).fill(some[0])];
      const { rows } = await db.executeQuery<Row>({ ...compiled(db, count), parameters } as CompiledQuery<Row>);
      found.push(...rows);
    }
    return found;
  };
}

/**
 * Does one statement, however often.
 *
 * @param write writes the statement for a count of whatever it is about; its parameters, in their order, are given each time
 */
export function statement<Row>(
  write: (db: AnyDb, count: number) => Compilable<Row>,
): (db: AnyDb, parameters?: readonly unknown[], count?: number) => Promise<Row[]> {
  const compiled = compiledFor(write);
  return async (db, parameters = [], count = 1) => {
    const { rows } = await db.executeQuery<Row>({ ...compiled(db, count), parameters } as CompiledQuery<Row>);
    return rows;
  };
}

function compiledFor(write: (db: AnyDb, count: number) => Compilable<unknown>) {
  const known = new Map<string, CompiledQuery>();
  return (db: AnyDb, count: number): CompiledQuery => {
    const key = `${db.getExecutor().adapter.constructor.name} ${count}`;
    const compiled = known.get(key) ?? write(db, count).compile();
    known.set(key, compiled);
    return compiled;
  };
}

function largestPower(number: number): number {
  return 2 ** Math.floor(Math.log2(number));
}
