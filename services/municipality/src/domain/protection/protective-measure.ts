import { z } from 'zod';
import { addDays, addMonths, addYears, type CalendarDate } from '#core/domain/calendar-date.js';
import { Refusal } from '#core/domain/refusal.js';
import { Code, MOST_PEOPLE } from '../fields.js';

/** 支援措置: for a year, renewable in its last month, over when the applicant moves out. */
export interface ProtectiveMeasure {
  measureId: string;
  /** The victim's record. */
  applicant: string;
  /** The records that it covers: the applicant's, and those of people at the same address. */
  covered: string[];
  from: CalendarDate;
  /** The last day. */
  until: CalendarDate;
  /** Set where it ended before its last day; it holds on that day no more. */
  endedOn: CalendarDate | null;
}

/** The last day of a year that begins on a day; where the next year has no such day, the end of its month (Civil Code 143). */
export function lastDayOfYearFrom(from: CalendarDate): CalendarDate {
  const sameDay = addYears(from, 1);
  return sameDay.slice(8) === from.slice(8) ? addDays(sameDay, -1) : sameDay;
}

export function isInForce({ from, until, endedOn }: ProtectiveMeasure, day: CalendarDate): boolean {
  return from <= day && day <= until && (endedOn === null || day < endedOn);
}

/**
 * The last day after a renewal: a year after the present one.
 *
 * @throws Refusal NOT_IN_FORCE, RENEWAL_TOO_EARLY before the last month begins
 */
export function renewedUntil(measure: ProtectiveMeasure, today: CalendarDate): CalendarDate {
  if (!isInForce(measure, today)) throw new Refusal('NOT_IN_FORCE');
  if (today <= addMonths(measure.until, -1)) throw new Refusal('RENEWAL_TOO_EARLY');
  return lastDayOfYearFrom(addDays(measure.until, 1));
}

/** Whom to protect: the applicant, and people at the same address. */
export const MeasureApplication = z.strictObject({
  applicant: Code,
  alsoCovered: z.array(Code).max(MOST_PEOPLE).default([]),
});
export type MeasureApplication = z.infer<typeof MeasureApplication>;

export const MeasureId = z.strictObject({ measureId: z.uuid('is not a UUID') });

/** A measure as operators see it: by codes, not by the register's own keys. */
export type MeasureView = ProtectiveMeasure;
