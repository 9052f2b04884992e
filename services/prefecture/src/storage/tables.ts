import type { CoreTables } from '#core/storage/tables.js';

/** What a prefecture's ledger has, and no other office's. */
export interface PrefectureTables extends CoreTables {
  settled_move_out: SettledMoveOutTable;
}

/** Move-outs from municipalities of this prefecture that have led to an entry elsewhere. */
interface SettledMoveOutTable {
  resident_record_code: string;
  /** Of the change information of the move-out. */
  version: number;
  /** Who confirmed it: a local government code. */
  origin: string;
  destination: string;
  moved_in_on: string;
}
