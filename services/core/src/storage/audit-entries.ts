import type { Kysely, Transaction } from 'kysely';
import { writeAlone } from './dialect.js';
import type { CoreTables } from './tables.js';

/** An entry ready to be written: its leaf, and what opens the digests in the leaf. */
export interface SealedEntry {
  exchange: string;
  leaf: string;
  nonce: string;
  purpose: string;
  subjects: { residentRecordCode: string; salt: string }[];
}

/** Appends entries in their order, without a gap. The caller's transaction decides whether they are kept. */
export async function appendEntries(trx: Transaction<CoreTables>, entries: SealedEntry[]): Promise<void> {
  await writeAlone(trx);
  const first = await nextPosition(trx);
  const rows = entries.map(({ subjects: _beside, ...entry }, i) => ({ position: first + i, ...entry }));
  await trx.insertInto('audit_entry').values(rows).execute();
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

/** Entries from a position on, in their order: the leaf, and the purpose that its digest is over. */
export function readEntries(db: Kysely<CoreTables>, from = 0): Promise<{ leaf: string; purpose: string }[]> {
  return db
    .selectFrom('audit_entry')
    .select(['leaf', 'purpose'])
    .where('position', '>=', from)
    .orderBy('position')
    .execute();
}

/** How many entries the log has; the position of the next one. */
export async function nextPosition(db: Kysely<CoreTables>): Promise<number> {
  const { last } = await db
    .selectFrom('audit_entry')
    .select((row) => row.fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  return last === null ? 0 : Number(last) + 1;
}
