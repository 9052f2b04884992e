import type { CalendarDate } from './calendar-date.js';
import type { LocalGovernmentCode } from './local-government-code.js';
import type { ResidentRecordCode } from './resident-record-code.js';

/** 転出確定通知, as far as it is about one person: a move-out that has led to an entry elsewhere. */
export interface SettledMoveOut {
  residentRecordCode: ResidentRecordCode;
  /** Of the change information of the move-out. */
  version: number;
  destinationMunicipality: LocalGovernmentCode;
  movedInOn: CalendarDate;
}
