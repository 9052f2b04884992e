import type { ColumnDataType, Kysely } from 'kysely';
import { strict } from '#core/storage/dialect.js';

export type Db = Kysely<unknown>;
/** Not null, unless it is said. */
type Columns = Record<string, ColumnDataType | [ColumnDataType, 'null' | 'key' | 'of a record']>;

export async function createTable(db: Db, table: string, columns: Columns): Promise<void> {
  let builder = strict(db, db.schema.createTable(table));
  for (const [name, column] of Object.entries(columns)) {
    const [type, mode] = Array.isArray(column) ? column : [column];
    builder = builder.addColumn(name, type, (one) => {
      if (mode === 'null') return one;
      if (mode === 'of a record') return one.notNull().references('resident_record.record_id');
      return mode === 'key' ? one.primaryKey() : one.notNull();
    });
  }
  await builder.execute();
}

export async function index(db: Db, table: string, columns: string[], { unique = false } = {}): Promise<void> {
  const builder = db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns(columns);
  await (unique ? builder.unique() : builder).execute();
}
