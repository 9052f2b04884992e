import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { NoticeSheet } from '../codes/notice-sheet.js';

/** A move-out certificate as it is handed out: the text of the paper, and the payload of its symbol. */
export interface IssuedCertificate {
  number: string;
  payload: string;
  paper: string;
}

/** What the counter has once an act is done. */
export interface Receipt {
  actId: string;
  /** The people whose records it wrote. */
  residentRecordCodes: string[];
  deadline: CalendarDate | null;
  late: boolean;
  noticeSheets: NoticeSheet[];
  certificates: IssuedCertificate[];
}
