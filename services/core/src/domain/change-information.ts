import type { CalendarDate } from './calendar-date.js';
import type { IdentificationInformation } from './identification-information.js';
import type { ResidentRecordCode } from './resident-record-code.js';

/** 異動事由: every official reason, and the kind of change that it is a reason for (Order 30-5, Regulation 11). */
export const CHANGE_REASONS = {
  MOVE_IN: 'ENTRY',
  BIRTH: 'ENTRY',
  EX_OFFICIO_ENTRY: 'ENTRY',
  MOVE_OUT: 'DELETION',
  DEATH: 'DELETION',
  EX_OFFICIO_DELETION: 'DELETION',
  CHANGE_OF_ADDRESS: 'CORRECTION',
  MINOR_CORRECTION: 'CORRECTION',
  EX_OFFICIO_CORRECTION: 'CORRECTION',
  CODE_CHANGE_REQUEST: 'CODE_CORRECTION',
  EX_OFFICIO_CODE: 'CODE_CORRECTION',
} as const;

export type ChangeReason = keyof typeof CHANGE_REASONS;
/** 記載, 消除, 修正 of name, birth date, sex or address, and 修正 of the code. */
export type ChangeKind = (typeof CHANGE_REASONS)[ChangeReason];

/** 変更情報: what changed of a person's identification information, why, and when the cause arose. */
export interface ChangeInformation {
  kind: ChangeKind;
  reason: ChangeReason;
  /** For MOVE_OUT the planned date. */
  causeOn: CalendarDate;
  /** Of a person's changes the highest is the newest, in whatever order they arrive (CHAIN). */
  version: number;
  /** As it is after the change; for a deletion, as it was last. */
  identification: IdentificationInformation;
  /** With a correction of the code: the old one. */
  previousCode: ResidentRecordCode | null;
}
