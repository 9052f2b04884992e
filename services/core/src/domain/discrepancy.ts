import type { LocalGovernmentCode } from './local-government-code.js';
import type { OfficeId } from './office.js';
import { isReason, type Reason } from './refusal.js';
import type { ResidentRecordCode } from './resident-record-code.js';

const FOUND = ['ANOTHER_MUNICIPALITY', 'ANOTHER_PERSON', 'LOST_HERE', 'RECORDED_ELSEWHERE', 'UNKNOWN_HERE'] as const;

/**
 * What was found: a reason for which a change was not taken, or
 * - ANOTHER_MUNICIPALITY: one that somebody who is registered here is not registered in has reported a change of theirs;
 * - ANOTHER_PERSON: an entry under a code that somebody with another birth date or sex has or had;
 * - LOST_HERE: changes came back to a municipality that had lost them; the record has to be completed from the papers;
 * - RECORDED_ELSEWHERE: an active record here, and a newer one in another municipality (ONE);
 * - UNKNOWN_HERE: a level above holds somebody as active here whom this municipality does not know.
 */
export type Finding = Reason | (typeof FOUND)[number];

/** Something that an office above can not take, or that two offices have otherwise; a mayor has to look into it (Article 12-5). */
export interface Discrepancy {
  discrepancyId: string;
  /** Whose it is. */
  municipality: LocalGovernmentCode;
  residentRecordCode: ResidentRecordCode;
  /** The change that it is about; null where it is about what is held. */
  changeId: string | null;
  what: Finding;
  foundBy: OfficeId;
  foundAt: Date;
}

export function isFinding(text: string): text is Finding {
  return isReason(text) || FOUND.some((found) => found === text);
}
