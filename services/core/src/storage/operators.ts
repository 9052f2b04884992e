import type { Kysely } from 'kysely';
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
  /** SHA-256 of the certificate on their card, hex. */
  card: string;
}

/** Enters an operator. One who is there stays as they are, but for the card: that is the one they hold now. */
export async function enterOperator(db: Kysely<CoreTables>, operator: KeptOperator): Promise<void> {
  const { name, role, passwordHash, card } = operator;
  await db
    .insertInto('operator')
    .values({ name, role, password_hash: passwordHash, card })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ card }))
    .execute();
}

export async function findOperator(db: Kysely<CoreTables>, name: string): Promise<KeptOperator | undefined> {
  const row = await db.selectFrom('operator').selectAll().where('name', '=', name).executeTakeFirst();
  return row && { name: row.name, role: row.role, passwordHash: row.password_hash, card: row.card };
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
