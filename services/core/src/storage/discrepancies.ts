import type { Kysely, Selectable } from 'kysely';
import type { Discrepancy, Finding } from '../domain/discrepancy.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { CoreTables } from './tables.js';

/** Lists discrepancies, each once however often it comes. */
export async function enterDiscrepancies(db: Kysely<CoreTables>, discrepancies: Discrepancy[]): Promise<void> {
  if (discrepancies.length === 0) return;
  const rows = discrepancies.map((discrepancy) => ({
    discrepancy_id: discrepancy.discrepancyId,
    municipality: discrepancy.municipality,
    resident_record_code: discrepancy.residentRecordCode,
    change_id: discrepancy.changeId,
    what: discrepancy.what,
    found_by: discrepancy.foundBy,
    found_at: discrepancy.foundAt.toISOString(),
    ...{ closed_by: null, closed_at: null, finding: null },
  }));
  await db
    .insertInto('discrepancy')
    .values(rows)
    .onConflict((conflict) => conflict.column('discrepancy_id').doNothing())
    .execute();
}

/** Those that nobody has closed, the oldest first. */
export async function openDiscrepancies(db: Kysely<CoreTables>, most: number): Promise<Discrepancy[]> {
  const rows = await db
    .selectFrom('discrepancy')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('found_at')
    .orderBy('discrepancy_id')
    .limit(most)
    .execute();
  return rows.map(discrepancyOf);
}

/** Those among some codes that are on the list already, with the same finding. */
export async function codesListedAs(
  db: Kysely<CoreTables>,
  what: Finding,
  codes: ResidentRecordCode[],
): Promise<Set<ResidentRecordCode>> {
  if (codes.length === 0) return new Set();
  const rows = await db
    .selectFrom('discrepancy')
    .select('resident_record_code')
    .where('what', '=', what)
    .where('closed_at', 'is', null)
    .where('resident_record_code', 'in', codes)
    .execute();
  return new Set(rows.map((row) => row.resident_record_code));
}

/** @returns whom it was about; undefined where there was no such open one */
export async function closeDiscrepancy(
  db: Kysely<CoreTables>,
  discrepancyId: string,
  { by, at, finding }: { by: string; at: Date; finding: string },
): Promise<ResidentRecordCode | undefined> {
  const closed = await db
    .updateTable('discrepancy')
    .set({ closed_by: by, closed_at: at.toISOString(), finding })
    .where('discrepancy_id', '=', discrepancyId)
    .where('closed_at', 'is', null)
    .returning('resident_record_code')
    .executeTakeFirst();
  return closed?.resident_record_code;
}

function discrepancyOf(row: Selectable<CoreTables['discrepancy']>): Discrepancy {
  return {
    discrepancyId: row.discrepancy_id,
    municipality: row.municipality,
    residentRecordCode: row.resident_record_code,
    changeId: row.change_id,
    what: row.what,
    foundBy: row.found_by,
    foundAt: new Date(row.found_at),
  };
}

export async function countOpenDiscrepancies(db: Kysely<CoreTables>): Promise<number> {
  const { open } = await db
    .selectFrom('discrepancy')
    .select((row) => row.fn.countAll().as('open'))
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(open);
}
