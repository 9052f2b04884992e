import type { Kysely, Transaction } from 'kysely';
import type { OfficeId } from '#core/domain/office.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { NationalTables } from './tables.js';

const ROWS_AT_ONCE = 500;

/** Codes that were designated to a municipality in answer to one question. */
export interface Allotment {
  allotmentId: string;
  municipality: OfficeId;
  codes: ResidentRecordCode[];
}

/** What was allotted under an id, in the order in which it was drawn. */
export async function findAllotment(db: Kysely<NationalTables>, allotmentId: string): Promise<Allotment | undefined> {
  const row = await db
    .selectFrom('allotment')
    .select('municipality')
    .where('allotment_id', '=', allotmentId)
    .executeTakeFirst();
  if (!row) return undefined;
  const codes = await db
    .selectFrom('allotted_code')
    .select('resident_record_code')
    .where('allotment_id', '=', allotmentId)
    .orderBy('ordinal')
    .execute();
  return { allotmentId, municipality: row.municipality, codes: codes.map((code) => code.resident_record_code) };
}

/** Those of the codes that were allotted before, to whomever. */
export async function allottedAmong(
  db: Kysely<NationalTables>,
  codes: ResidentRecordCode[],
): Promise<Set<ResidentRecordCode>> {
  const found = new Set<ResidentRecordCode>();
  for (let i = 0; i < codes.length; i += ROWS_AT_ONCE) {
    const group = codes.slice(i, i + ROWS_AT_ONCE);
    const rows = await db
      .selectFrom('allotted_code')
      .select('resident_record_code')
      .where('resident_record_code', 'in', group)
      .execute();
    for (const row of rows) found.add(row.resident_record_code);
  }
  return found;
}

/** Keeps an allotment for ever. */
export async function enterAllotment(
  trx: Transaction<NationalTables>,
  { allotmentId, municipality, codes }: Allotment,
  at: Date,
): Promise<void> {
  const row = { allotment_id: allotmentId, municipality, amount: codes.length, allotted_at: at.toISOString() };
  await trx.insertInto('allotment').values(row).execute();
  for (let i = 0; i < codes.length; i += ROWS_AT_ONCE) {
    const group = codes.slice(i, i + ROWS_AT_ONCE).map((code, nth) => ({
      ...{ resident_record_code: code, allotment_id: allotmentId, ordinal: i + nth },
    }));
    await trx.insertInto('allotted_code').values(group).execute();
  }
}
