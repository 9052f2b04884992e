import type { Kysely } from 'kysely';
import type { OfficeId } from '../domain/office.js';
import { writeAlone } from './dialect.js';
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
  await db.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const { last } = await trx
      .selectFrom('consistency_check')
      .select((row) => row.fn.max('position').as('last'))
      .executeTakeFirstOrThrow();
    const check = { above, checked_at: checkedAt.toISOString(), differing, repaired, recovered };
    await trx
      .insertInto('consistency_check')
      .values({ position: Number(last ?? 0) + 1, ...check })
      .execute();
  });
}

/** The newest checks, the newest first. */
export async function newestChecks(db: Kysely<CoreTables>, most: number): Promise<KeptCheck[]> {
  const rows = await db.selectFrom('consistency_check').selectAll().orderBy('position', 'desc').limit(most).execute();
  return rows.map(({ above, checked_at, differing, repaired, recovered }) => ({
    ...{ above, checkedAt: new Date(checked_at), differing, repaired, recovered },
  }));
}

/** What all checks of a level together have found. */
export interface DriftEver {
  above: OfficeId;
  differing: number;
  /** Repaired there, or recovered here. */
  mended: number;
}

export async function driftEver(db: Kysely<CoreTables>): Promise<DriftEver[]> {
  const rows = await db
    .selectFrom('consistency_check')
    .select((row) => [
      'above',
      row.fn.sum('differing').as('differing'),
      row.fn.sum('repaired').as('repaired'),
      row.fn.sum('recovered').as('recovered'),
    ])
    .groupBy('above')
    .execute();
  return rows.map(({ above, differing, repaired, recovered }) => ({
    ...{ above, differing: Number(differing), mended: Number(repaired) + Number(recovered) },
  }));
}
