import type { Kysely, Transaction } from 'kysely';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;
type Trx = Transaction<MunicipalityTables>;

/** A question for codes that has not been answered yet. */
export interface OpenAllotment {
  allotmentId: string;
  amount: number;
}

/** The code that a code has become; itself where it has become none. */
export async function currentCode(db: Db, code: ResidentRecordCode): Promise<ResidentRecordCode> {
  let current = code;
  for (;;) {
    const next = await db
      .selectFrom('superseded_code')
      .select('new_code')
      .where('old_code', '=', current)
      .executeTakeFirst();
    if (!next) return current;
    current = next.new_code;
  }
}

/** Every code that has become this one, the newest first. */
export async function formerCodes(db: Db, code: ResidentRecordCode): Promise<ResidentRecordCode[]> {
  const former = await db.selectFrom('superseded_code').select('old_code').where('new_code', '=', code).execute();
  const all = [];
  for (const { old_code } of former) all.push(old_code, ...(await formerCodes(db, old_code)));
  return all;
}

/** Those among the codes that have become others. */
export async function supersededAmong(db: Db, codes: ResidentRecordCode[]): Promise<Set<ResidentRecordCode>> {
  if (codes.length === 0) return new Set();
  const rows = await db.selectFrom('superseded_code').select('old_code').where('old_code', 'in', codes).execute();
  return new Set(rows.map((row) => row.old_code));
}

/** From now on the old code leads to the new one. A chain has no circle: nobody gets a code back that was theirs. */
export async function supersedeCode(
  trx: Trx,
  { oldCode, newCode, actId }: { oldCode: string; newCode: string; actId: string },
): Promise<void> {
  await trx.insertInto('superseded_code').values({ old_code: oldCode, new_code: newCode, act_id: actId }).execute();
}

/** How many codes are allotted to this municipality and written into no record yet. */
export async function freeCodes(db: Db): Promise<number> {
  const { free } = await db
    .selectFrom('allotted_code')
    .select((row) => row.fn.countAll().as('free'))
    .where('written_by', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(free);
}

/**
 * Takes codes for an act, the only one that writes. In an order that tells nothing: ids of allotments are random, and so
 * is the order in which the centre drew; ascending codes would tell the order of births.
 *
 * @throws Refusal CODES_EXHAUSTED
 */
export async function takeCodes(trx: Trx, amount: number, actId: string): Promise<ResidentRecordCode[]> {
  if (amount === 0) return [];
  const rows = await trx
    .selectFrom('allotted_code')
    .select('resident_record_code')
    .where('written_by', 'is', null)
    .orderBy('allotment_id')
    .orderBy('ordinal')
    .limit(amount)
    .execute();
  if (rows.length < amount) throw new Refusal('CODES_EXHAUSTED');
  const codes = rows.map((row) => row.resident_record_code);
  await trx
    .updateTable('allotted_code')
    .set({ written_by: actId })
    .where('resident_record_code', 'in', codes)
    .execute();
  return codes;
}

/** Codes that stand in a record are free no more, however they came there. */
export async function markWritten(trx: Trx, codes: ResidentRecordCode[], actId: string): Promise<void> {
  await trx
    .updateTable('allotted_code')
    .set({ written_by: actId })
    .where('resident_record_code', 'in', codes)
    .where('written_by', 'is', null)
    .execute();
}

export async function openAllotment(db: Db): Promise<OpenAllotment | undefined> {
  const row = await db
    .selectFrom('code_allotment')
    .selectAll()
    .where('received_at', 'is', null)
    .orderBy('requested_at')
    .executeTakeFirst();
  return row && { allotmentId: row.allotment_id, amount: row.amount };
}

export async function enterAllotment(db: Db, { allotmentId, amount }: OpenAllotment, at: Date): Promise<void> {
  const row = { allotment_id: allotmentId, amount, requested_at: at.toISOString(), received_at: null };
  await db.insertInto('code_allotment').values(row).execute();
}

/** Keeps the answer to a question for codes, whole; an answer that came before changes nothing. */
export async function receiveAllotment(
  trx: Trx,
  { allotmentId }: Pick<OpenAllotment, 'allotmentId'>,
  codes: ResidentRecordCode[],
  at: Date,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('code_allotment')
    .set({ received_at: at.toISOString() })
    .where('allotment_id', '=', allotmentId)
    .where('received_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(numUpdatedRows) === 0) return;
  const rows = codes.map((code, ordinal) => ({
    ...{ resident_record_code: code, allotment_id: allotmentId, ordinal, written_by: null },
  }));
  for (let i = 0; i < rows.length; i += 200)
    await trx
      .insertInto('allotted_code')
      .values(rows.slice(i, i + 200))
      .execute();
}
