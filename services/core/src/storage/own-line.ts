import type { Kysely } from 'kysely';
import type { CoreTables } from './tables.js';

/** Since when an office has cut its own line; undefined while it has not. */
export async function lineCutSince(db: Kysely<CoreTables>): Promise<Date | undefined> {
  const row = await db.selectFrom('own_line').select('cut_at').where('restored_at', 'is', null).executeTakeFirst();
  return row && new Date(row.cut_at);
}

/** Keeps that the line is cut, who did it and why. */
export async function enterCut(
  db: Kysely<CoreTables>,
  { by, at, grounds }: { by: string; at: Date; grounds: string },
): Promise<void> {
  const restored = { restored_at: null, restored_by: null, finding: null };
  await db
    .insertInto('own_line')
    .values({ cut_at: at.toISOString(), cut_by: by, grounds, ...restored })
    .execute();
}

/** @returns whether the line was cut */
export async function enterRestored(
  db: Kysely<CoreTables>,
  { by, at, finding }: { by: string; at: Date; finding: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('own_line')
    .set({ restored_at: at.toISOString(), restored_by: by, finding })
    .where('restored_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) > 0;
}
