import type { CalendarDate } from './calendar-date.js';
import type { ResidentRecordCode } from './resident-record-code.js';

export type Sex = 'MALE' | 'FEMALE';

/** 本人確認情報, Article 30-5: what may travel up the tree, and all that offices above a municipality hold. */
export interface IdentificationInformation {
  name: string;
  birthDate: CalendarDate;
  sex: Sex;
  address: string;
  residentRecordCode: ResidentRecordCode;
}
