import type { CoreTables } from '#core/storage/tables.js';

/** What the national centre's ledger has, and no other office's. */
export interface NationalTables extends CoreTables {
  allotment: AllotmentTable;
  allotted_code: AllottedCodeTable;
}

/** A question for codes that was answered. */
interface AllotmentTable {
  allotment_id: string;
  municipality: string;
  amount: number;
  allotted_at: string;
}

/** Every code that was ever allotted: what is here is never allotted again, whatever became of it. */
interface AllottedCodeTable {
  resident_record_code: string;
  allotment_id: string;
  ordinal: number;
}
