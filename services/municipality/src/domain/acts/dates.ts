import type { CalendarDate } from '#core/domain/calendar-date.js';
import { Refusal } from '#core/domain/refusal.js';

/** @throws Refusal DATE_NOT_POSSIBLE where something is said to have happened that can not have yet. */
export function checkHasHappened(field: string, on: CalendarDate, today: CalendarDate): void {
  if (on > today) throw new Refusal('DATE_NOT_POSSIBLE', { field, fault: 'lies in the future' });
}

/** @throws Refusal DATE_NOT_POSSIBLE where a day lies before one that it has to follow. */
export function checkFollows(field: string, on: CalendarDate, what: string, earlier: CalendarDate): void {
  if (on < earlier) throw new Refusal('DATE_NOT_POSSIBLE', { field, fault: `lies before ${what}` });
}
