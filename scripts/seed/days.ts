import { addDays, addYears, type CalendarDate, dayOfWeek } from '#core/domain/calendar-date.js';
import type { Random } from './random.js';

const DAY = 86_400_000;

/** The demo's clock starts on this day; the residents' lives so far lie before it. */
export const TODAY: CalendarDate = '2016-05-27';

/** The last day on which anything happens to anybody: a notification can follow before today. */
export const LAST_EVENT: CalendarDate = '2016-05-20';

/** A day from `first` to `last`, both included. */
export function dayBetween(random: Random, first: CalendarDate, last: CalendarDate): CalendarDate {
  if (last < first) throw new RangeError(`no day from ${first} to ${last}`);
  return addDays(first, random.integer(daysFrom(first, last) + 1));
}

/** Within 14 days, on a day when the counter is open. */
export function notificationDay(random: Random, event: CalendarDate): CalendarDate {
  const days = Array.from({ length: 15 }, (_, i) => addDays(event, i));
  return random.pick(days.filter((day) => day < TODAY && dayOfWeek(day) % 6 !== 0));
}

export function ageOn(day: CalendarDate, birthDate: CalendarDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The birth date of somebody whose age today lies between the two, both included. */
export function birthDateAtAge(random: Random, youngest: number, oldest: number): CalendarDate {
  return dayBetween(random, addDays(addYears(TODAY, -oldest - 1), 1), addYears(TODAY, -youngest));
}

export function latest(...dates: CalendarDate[]): CalendarDate {
  return dates.toSorted().at(-1) as CalendarDate;
}

export function earliest(...dates: CalendarDate[]): CalendarDate {
  return dates.toSorted()[0] as CalendarDate;
}

function daysFrom(first: CalendarDate, last: CalendarDate): number {
  return (Date.parse(last) - Date.parse(first)) / DAY;
}
