import type { Kysely } from 'kysely';
import type { NameAndAddress } from '../domain/family.js';
import { NO_TRIES, type Tries, withTry } from '../domain/lock-out.js';
import type { OperatorRole } from '../domain/operator-role.js';
import { writeAlone } from './dialect.js';
import type { CoreTables } from './tables.js';

/** Somebody who may sign in at this office. */
export interface KeptOperator {
  name: string;
  role: OperatorRole;
  /** Argon2id, with its salt and parameters. */
  passwordHash: string;
  /** SHA-256 of the public key of their card, hex. */
  card: string;
  /** Who they are as a resident, where the office knows it. */
  own?: NameAndAddress | undefined;
}

/**
 * Enters an operator. One who is there stays as they are, but for the card, which is the one they hold now, and for where
 * they live, if that is stated.
 */
export async function enterOperator(db: Kysely<CoreTables>, operator: KeptOperator): Promise<void> {
  const { name, role, passwordHash, card, own } = operator;
  const home = own && { own_name: own.name, own_address: own.address };
  await db
    .insertInto('operator')
    .values({ name, role, password_hash: passwordHash, card, ...home })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ card, ...home }))
    .execute();
}

export async function findOperator(db: Kysely<CoreTables>, name: string): Promise<KeptOperator | undefined> {
  const row = await db.selectFrom('operator').selectAll().where('name', '=', name).executeTakeFirst();
  if (!row) return undefined;
  const { name: known, role, password_hash: passwordHash, card, own_name, own_address } = row;
  const own = own_name !== null && own_address !== null ? { name: own_name, address: own_address } : undefined;
  return { name: known, role, passwordHash, card, own };
}

/** What an operator knows from now on. */
export async function setPassword(db: Kysely<CoreTables>, name: string, passwordHash: string): Promise<void> {
  await db.updateTable('operator').set({ password_hash: passwordHash }).where('name', '=', name).execute();
}

/** What an operator holds from now on. */
export async function setCard(db: Kysely<CoreTables>, name: string, card: string): Promise<void> {
  await db.updateTable('operator').set({ card }).where('name', '=', name).execute();
}

/**
 * Writes a try down as failed, before anybody knows whether it does. The same is read and written for a name that
 * nobody has.
 *
 * @returns how it stood before
 */
export function countTry(db: Kysely<CoreTables>, name: string, now: Date): Promise<Tries> {
  return db.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const row = await trx.selectFrom('sign_in_tries').selectAll().where('name', '=', name).executeTakeFirst();
    const before = row
      ? { failures: row.failures, lockedAt: row.locked_at ? new Date(row.locked_at) : null }
      : NO_TRIES;
    const { failures, lockedAt } = withTry(before, now);
    const tries = { failures, locked_at: lockedAt?.toISOString() ?? null };
    await trx
      .insertInto('sign_in_tries')
      .values({ name, ...tries })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(tries))
      .execute();
    return before;
  });
}

/** After a sign-in, or where another officer unlocks somebody. */
export async function forgetTries(db: Kysely<CoreTables>, name: string): Promise<void> {
  await db.deleteFrom('sign_in_tries').where('name', '=', name).execute();
}
