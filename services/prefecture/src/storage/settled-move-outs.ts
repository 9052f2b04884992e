import type { Kysely, Transaction } from 'kysely';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { SettledMoveOut } from '#core/domain/settled-move-out.js';
import type { PrefectureTables } from './tables.js';

/** Keeps confirmations, each once however often it comes. */
export async function enterSettled(
  trx: Transaction<PrefectureTables>,
  origin: LocalGovernmentCode,
  moveOuts: SettledMoveOut[],
): Promise<void> {
  const rows = moveOuts.map(({ residentRecordCode, version, destinationMunicipality, movedInOn }) => ({
    ...{ resident_record_code: residentRecordCode, version, origin },
    ...{ destination: destinationMunicipality, moved_in_on: movedInOn },
  }));
  await trx
    .insertInto('settled_move_out')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['resident_record_code', 'version']).doNothing())
    .execute();
}

/** The oldest first. */
export async function settledOf(db: Kysely<PrefectureTables>, code: ResidentRecordCode): Promise<SettledMoveOut[]> {
  const rows = await db
    .selectFrom('settled_move_out')
    .selectAll()
    .where('resident_record_code', '=', code)
    .orderBy('version')
    .execute();
  return rows.map((row) => ({
    ...{ residentRecordCode: row.resident_record_code, version: row.version },
    ...{ destinationMunicipality: row.destination, movedInOn: row.moved_in_on },
  }));
}
