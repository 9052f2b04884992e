import { addDays, type CalendarDate } from './calendar-date.js';
import { Refusal } from './refusal.js';
import type { ResidentRecordCode } from './resident-record-code.js';

/** Articles 30-37 and 30-40: what an office holds, who had to do with it, and that something be corrected. */
export const DISCLOSURE_KINDS = ['INFORMATION', 'ACCESS_LOG', 'CORRECTION'] as const;
export type DisclosureKind = (typeof DISCLOSURE_KINDS)[number];

/** Article 30-38: within so many days, the first not counted. */
const DAYS_TO_ANSWER = 30;

/** Somebody's request, in writing. */
export interface DisclosureRequest {
  requestId: string;
  kind: DisclosureKind;
  residentRecordCode: ResidentRecordCode;
  /** What is said to be wrong; empty but for a correction. */
  statement: string;
  receivedOn: CalendarDate;
  receivedBy: string;
  /** The last day on which it can be answered in time. */
  dueOn: CalendarDate;
  /** What was written when the date was put off, each time; null where it was not. */
  extension: string | null;
  /** What was written in answer; null while it waits. */
  answer: string | null;
  /** What goes with the answer and can be checked. */
  document: string | null;
}

export function answerDueOn(receivedOn: CalendarDate): CalendarDate {
  return addDays(receivedOn, DAYS_TO_ANSWER);
}

export function isOverdue(
  { dueOn, answer }: Pick<DisclosureRequest, 'dueOn' | 'answer'>,
  today: CalendarDate,
): boolean {
  return answer === null && today > dueOn;
}

/**
 * The date can be put off while it has not passed, and to a later day.
 *
 * @throws Refusal DATE_NOT_POSSIBLE
 */
export function checkExtension({ dueOn }: DisclosureRequest, until: CalendarDate, today: CalendarDate): void {
  if (today > dueOn || until <= dueOn) throw new Refusal('DATE_NOT_POSSIBLE', { field: 'until' });
}

/**
 * Whoever answers has not received it, and says what was found where somebody asked for a correction.
 *
 * @throws Refusal SECOND_PERSON_NEEDED, INVALID_REQUEST
 */
export function checkAnswer({ kind, receivedBy }: DisclosureRequest, answering: string, finding: string): void {
  if (receivedBy === answering) throw new Refusal('SECOND_PERSON_NEEDED');
  if ((kind === 'CORRECTION') !== (finding !== ''))
    throw new Refusal('INVALID_REQUEST', { field: 'finding', fault: 'is for a correction, and for that alone' });
}
