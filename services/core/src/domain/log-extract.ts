import type { OfficeId } from './office.js';
import type { OperatorRole } from './operator-role.js';
import type { Reason } from './refusal.js';
import type { ResidentRecordCode } from './resident-record-code.js';

/** Who acts where residents ask for themselves, at a terminal that shows a certificate of the office. */
export const RESIDENT = 'resident';

/** What every extract ends with: that the person was told. */
export const DISCLOSED = 'audit/DISCLOSURE';

/** Everything that one office's log has about one person under one code, with what it takes to see that it is all. */
export interface LogExtract {
  office: OfficeId;
  residentRecordCode: ResidentRecordCode;
  /** The log's signed checkpoint. */
  note: string;
  certificate: Buffer;
  /** Shows the key of the person's tags. */
  keyProof: Buffer;
  /** In the order of the log; the last that is numbered is the disclosure itself. */
  entries: ExtractEntry[];
}

export interface ExtractEntry {
  position: number;
  /** How often the log had named the person by then; 0 where the entry only goes on with an exchange. */
  number: number;
  leaf: string;
  inclusion: Buffer[];
  purpose: string;
  purposeSalt: string;
  /** Only of entries from before logs had keys. */
  salt: string | null;
  /** Of an operator of this very office, by its list as it is now: that stands in no leaf. */
  operatorRole: OperatorRole | null;
}

/** How many earlier entries about the person an extract leaves out: of before they need be kept, or past what one can carry. */
export function leftOutOf({ entries }: Pick<LogExtract, 'entries'>): number {
  return (entries.find(({ number }) => number > 0)?.number ?? 1) - 1;
}

/** A log that could not be asked. */
export interface MissingExtract {
  office: OfficeId;
  reason: Reason;
}

/** What the logs along the tree have about a person. */
export interface Extracts {
  extracts: LogExtract[];
  missing: MissingExtract[];
}
