import type { Kysely } from 'kysely';
import type { OfficeId } from '../domain/office.js';
import type { CoreTables } from './tables.js';

/** What is kept of a check: how far a level above had drifted, and how much of it is repaired. */
export interface KeptCheck {
  above: OfficeId;
  checkedAt: Date;
  differing: number;
  repaired: number;
  recovered: number;
}

/** Keeps a check, beside those of before. */
export async function enterCheck(
  db: Kysely<CoreTables>,
  { above, checkedAt, differing, repaired, recovered }: KeptCheck,
): Promise<void> {
  await db
    .insertInto('consistency_check')
    .values({ above, checked_at: checkedAt.toISOString(), differing, repaired, recovered })
    .execute();
}

/** The last check of each level above. */
export async function lastChecks(db: Kysely<CoreTables>): Promise<KeptCheck[]> {
  const rows = await db.selectFrom('consistency_check').selectAll().orderBy('checked_at').execute();
  const last = new Map(rows.map((row) => [row.above, row]));
  return [...last.values()].map(({ above, checked_at, differing, repaired, recovered }) => ({
    ...{ above, checkedAt: new Date(checked_at), differing, repaired, recovered },
  }));
}
