import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { dialectFor } from './dialect.js';
import { coreMigrations, type Migrations } from './migrations/index.js';
import type { CoreTables } from './tables.js';

/**
 * Opens an office's ledger and brings it to the newest schema: what every office has, then what its role adds.
 *
 * @throws the database's error where the file can not be opened, is in use, or is newer than this program.
 */
export async function openLedger<Tables extends CoreTables>(
  url: string,
  role?: { name: string; migrations: Migrations },
): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect: dialectFor(url) });
  try {
    await migrate(db, 'core', coreMigrations);
    if (role) await migrate(db, role.name, role.migrations);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Whether another process has a ledger open: a SQLite file has one owner at a time. Waits a second to find out. */
export async function isLedgerInUse(url: string): Promise<boolean> {
  try {
    const ledger = await openLedger(url);
    await ledger.destroy();
    return false;
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return true;
    throw error;
  }
}

/** Each owner numbers its own migrations and keeps its own account of them. */
async function migrate<Tables>(db: Kysely<Tables>, owner: string, migrations: Migrations): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableName: `${owner}_migration`,
    migrationLockTableName: `${owner}_migration_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
