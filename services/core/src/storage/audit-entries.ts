import type { Kysely, Transaction } from 'kysely';
import type { CoreTables } from './tables.js';

/** An entry ready to be written: its leaf, and what opens the commitments in the leaf. */
export interface SealedEntry {
  exchange: string;
  leaf: string;
  subjects: { residentRecordCode: string; salt: string }[];
}

/** Appends entries in their order, without a gap. The caller's transaction decides whether they are kept. */
export async function appendEntries(trx: Transaction<CoreTables>, entries: SealedEntry[]): Promise<void> {
  const first = await nextPosition(trx);
  const leaves = entries.map(({ exchange, leaf }, i) => ({ position: first + i, exchange, leaf }));
  await trx.insertInto('audit_entry').values(leaves).execute();
  const subjects = entries.flatMap((entry, i) =>
    entry.subjects.map(({ residentRecordCode, salt }, ordinal) => ({
      position: first + i,
      ordinal,
      resident_record_code: residentRecordCode,
      salt,
    })),
  );
  if (subjects.length > 0) await trx.insertInto('audit_subject').values(subjects).execute();
}

/** Leaves from a position on, in their order. */
export async function readLeaves(db: Kysely<CoreTables>, from = 0): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .select('leaf')
    .where('position', '>=', from)
    .orderBy('position')
    .execute();
  return rows.map((row) => row.leaf);
}

/** How many entries the log has; the position of the next one. */
export async function nextPosition(db: Kysely<CoreTables>): Promise<number> {
  const { last } = await db
    .selectFrom('audit_entry')
    .select((row) => row.fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  return last === null ? 0 : Number(last) + 1;
}
