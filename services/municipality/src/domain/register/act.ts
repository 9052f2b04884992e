import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { ChangeReason } from '#core/domain/change-information.js';
import type { IdentityDocument } from '../counter/identity-proof.js';

/** What is done to a register. Nothing but an act changes it. */
const ACT_KINDS = [
  'MOVE_IN',
  'CHANGE_OF_ADDRESS',
  'MOVE_OUT',
  'MOVE_OUT_CANCELLATION',
  'HOUSEHOLD_CHANGE',
  'BIRTH',
  'DEATH',
  'EX_OFFICIO_ENTRY',
  'EX_OFFICIO_DELETION',
  'EX_OFFICIO_CORRECTION',
  'MINOR_CORRECTION',
  'EX_OFFICIO_CODE',
  'CODE_CHANGE_REQUEST',
  /** What was lost with a ledger, and a level above still knew. */
  'RECOVERY',
] as const;

export type ActKind = (typeof ACT_KINDS)[number];

/** Who came to the counter, as the act keeps it. */
export interface ActNotifier {
  name: string;
  standing: 'PERSON_CONCERNED' | 'HOUSEHOLD_MEMBER' | 'AGENT';
  document: IdentityDocument;
}

/** An act, as the register keeps it for ever. */
export interface Act {
  actId: string;
  kind: ActKind;
  /** When the cause arose; of a move-out, the planned date. */
  causeOn: CalendarDate;
  /** The day on which it was notified, reported or approved: what was written, was written on this day. */
  acceptedOn: CalendarDate;
  acceptedAt: Date;
  /** The last day on which it would have been in time; null where there is no deadline. */
  deadline: CalendarDate | null;
  /** Null for what is done ex officio or upon a report. */
  notifier: ActNotifier | null;
  /** The operator who entered it; of an ex-officio act, who drafted it. */
  operator: string;
  /** The second person who checked an ex-officio act. */
  checkedBy: string | null;
  /** Why, of an ex-officio act, in the drafter's words. */
  grounds: string | null;
}

export function isLate({ acceptedOn, deadline }: Pick<Act, 'acceptedOn' | 'deadline'>): boolean {
  return deadline !== null && acceptedOn > deadline;
}

/** The official reason of the change information that an act gives rise to; none for what stays in the municipality. */
export function changeReasonOf(kind: ActKind): ChangeReason | undefined {
  if (kind === 'HOUSEHOLD_CHANGE' || kind === 'RECOVERY') return undefined;
  return kind === 'MOVE_OUT_CANCELLATION' ? 'EX_OFFICIO_ENTRY' : kind;
}
