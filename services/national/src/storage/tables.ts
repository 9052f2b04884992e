import type { CoreTables } from '#core/storage/tables.js';
import type { Batch, BatchState } from '../domain/batch.js';

/** What the national centre's ledger has, and no other office's. */
export interface NationalTables extends CoreTables {
  allotment: AllotmentTable;
  allotted_code: AllottedCodeTable;
  agency: AgencyTable;
  batch: BatchTable;
  batch_piece: BatchPieceTable;
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

/** Who may be told what, as an operator of the centre registered it. */
interface AgencyTable {
  name: string;
  /** As JSON, like what follows. */
  bodies: string;
  purposes: string;
  revoked_at: string | null;
}

/** What is asked in pieces, and how far that is. It names nobody. */
interface BatchTable {
  batch_id: string;
  agency: string;
  state: BatchState;
  /** As JSON. */
  inquiry: string;
  kind: Batch['kind'];
  since: string | null;
  people: number;
  answered: number;
  acknowledged: number;
  not_found: number;
  most_not_found: number;
  requested_at: string;
  decided_by: string | null;
  decided_at: string | null;
}

/** The pieces of a batch. */
interface BatchPieceTable {
  batch_id: string;
  number: number;
  /** Over whom it asks for: hex. */
  digest: string;
  /** What was answered, base64, until the agency acknowledges it. */
  answers: string | null;
}
