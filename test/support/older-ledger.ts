import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { dialectFor } from '#core/storage/dialect.js';
import { coreMigrations } from '#core/storage/migrations/index.js';

/** Any table with any columns: those of before are described nowhere any more. */
type OlderTables = Record<string, Record<string, string | number | null>>;

/** Opens a new ledger with the schema that it had after a migration. */
export async function olderLedger(url: string, last: string): Promise<Kysely<OlderTables>> {
  const db = new Kysely<OlderTables>({ dialect: dialectFor(url) });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(coreMigrations) },
    migrationTableName: 'core_migration',
    migrationLockTableName: 'core_migration_lock',
  });
  const { error } = await migrator.migrateTo(last);
  if (error) throw error;
  return db;
}
