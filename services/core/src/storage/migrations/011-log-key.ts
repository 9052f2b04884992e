import { createECDH } from 'node:crypto';
import type { Kysely } from 'kysely';
import { strict } from '../dialect.js';
import type { CoreTables } from '../tables.js';

/** Whom an entry is about is numbered person by person, and hidden with the log's own key instead of a salt. */
export async function up(anyDb: Kysely<unknown>): Promise<void> {
  const db = anyDb as unknown as Kysely<CoreTables>;
  await strict(anyDb, anyDb.schema.createTable('audit_key'))
    .addColumn('secret', 'text', (column) => column.notNull())
    .execute();
  const key = createECDH('prime256v1');
  key.generateKeys();
  await db
    .insertInto('audit_key')
    .values({ secret: key.getPrivateKey('base64') })
    .execute();
  await renumber(anyDb);
}

/** Those of before keep their salts: their leaves are what they are. */
async function renumber(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('audit_subject_code').execute();
  await db.schema.alterTable('audit_subject').renameTo('audit_subject_of_before').execute();
  await strict(db, db.schema.createTable('audit_subject'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('salt', 'text')
    .addPrimaryKeyConstraint('audit_subject_number', ['resident_record_code', 'number'])
    .execute();
  const named = db as unknown as Kysely<{
    audit_subject: { position: number; resident_record_code: string; number: number; ordinal: number; salt: string };
    audit_subject_of_before: { position: number; resident_record_code: string; ordinal: number; salt: string };
  }>;
  await named
    .insertInto('audit_subject')
    .columns(['position', 'resident_record_code', 'number', 'ordinal', 'salt'])
    .expression((query) =>
      query.selectFrom('audit_subject_of_before').select((row) => [
        ...(['position', 'resident_record_code'] as const),
        row.fn
          .agg<number>('row_number')
          .over((over) => over.partitionBy('resident_record_code').orderBy('position').orderBy('ordinal'))
          .as('number'),
        ...(['ordinal', 'salt'] as const),
      ]),
    )
    .execute();
  await db.schema.dropTable('audit_subject_of_before').execute();
  await db.schema.createIndex('audit_subject_position').on('audit_subject').column('position').execute();
}
