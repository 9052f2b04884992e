import { addDays, type CalendarDate } from './calendar-date.js';

/** Articles 22, 23 and 25: within 14 days. */
export const NOTIFICATION_DAYS = 14;

/**
 * The last day of "within `days` days" after a cause: the first day is not counted. A notification of the day after is
 * late: it is taken, and marked (DEADLINE).
 */
export function lastDayWithin(days: number, causeOn: CalendarDate): CalendarDate {
  return addDays(causeOn, days);
}
