import type { Kysely, Transaction } from 'kysely';
import { inGroups } from '../domain/in-groups.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { CoreTables } from './tables.js';

const ROWS_AT_ONCE = 5_000;

/** The oldest entries that are left, from a position on. */
export async function oldestEntries(
  db: Kysely<CoreTables>,
  { from, most }: { from: number; most: number },
): Promise<{ position: number; leaf: string }[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .select(['position', 'leaf'])
    .where('position', '>=', from)
    .orderBy('position')
    .limit(most)
    .execute();
  return rows.map(({ position, leaf }) => ({ position: Number(position), leaf }));
}

/** How far the log is pruned, or is being pruned. */
export async function readPrunedBefore(db: Kysely<CoreTables>): Promise<number> {
  const { before } = await db.selectFrom('audit_pruned').select('before').executeTakeFirstOrThrow();
  return Number(before);
}

export async function putPrunedBefore(trx: Transaction<CoreTables>, before: number): Promise<void> {
  await trx.updateTable('audit_pruned').set({ before }).execute();
}

/** Of whom no entry is left once those before a position are gone: fewer as time goes on, since nobody is named earlier. */
export async function namedOnlyBefore(
  db: Kysely<CoreTables>,
  before: number,
): Promise<{ code: ResidentRecordCode; last: number }[]> {
  const rows = await db
    .selectFrom('audit_subject as named')
    .select((row) => ['named.resident_record_code as code', row.fn.max('named.number').as('last')])
    .where('named.position', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('audit_subject as later')
            .select('later.number')
            .whereRef('later.resident_record_code', '=', 'named.resident_record_code')
            .where('later.position', '>=', before),
        ),
      ),
    )
    .groupBy('named.resident_record_code')
    .execute();
  return rows.map(({ code, last }) => ({ code, last: Number(last) }));
}

/**
 * Deletes the entries before a position, with all that stands beside them; the tree stays. In a transaction that writes
 * alone.
 *
 * @param markOf what is kept instead of the code of somebody of whom no entry is left
 * @returns how many entries there were
 */
export async function deleteEntriesBefore(
  trx: Transaction<CoreTables>,
  before: number,
  markOf: (code: ResidentRecordCode) => string,
): Promise<number> {
  const gone = await namedOnlyBefore(trx, before);
  for (const group of inGroups(gone, ROWS_AT_ONCE)) {
    await trx
      .insertInto('audit_last_number')
      .values(group.map(({ code, last }) => ({ mark: markOf(code), number: last })))
      .onConflict((conflict) => conflict.column('mark').doUpdateSet((row) => ({ number: row.ref('excluded.number') })))
      .execute();
    const codes = group.map(({ code }) => code);
    await trx.deleteFrom('audit_person_key').where('resident_record_code', 'in', codes).execute();
  }
  await trx.deleteFrom('audit_subject').where('position', '<', before).execute();
  const { numDeletedRows } = await trx
    .deleteFrom('audit_entry')
    .where('position', '<', before)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Those behind what was signed in entries before a position, and in none from there on. */
export async function deleteCertificatesBefore(db: Kysely<CoreTables>, before: number): Promise<void> {
  await db.deleteFrom('signing_certificate').where('last_entry', '<', before).execute();
}
