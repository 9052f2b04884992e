import type { LocalGovernmentCode } from './local-government-code.js';
import type { OfficeId } from './office.js';
import type { ResidentRecordCode } from './resident-record-code.js';

/** Something that an office above can not take, or that two offices have otherwise; a mayor has to look into it (Article 12-5). */
export interface Discrepancy {
  discrepancyId: string;
  /** Whose it is. */
  municipality: LocalGovernmentCode;
  residentRecordCode: ResidentRecordCode;
  /** The change that was not taken; null where it is about what is held. */
  changeId: string | null;
  what: string;
  foundBy: OfficeId;
  foundAt: Date;
}
