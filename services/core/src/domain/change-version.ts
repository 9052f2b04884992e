import { addDays, type CalendarDate, dayNumber } from './calendar-date.js';

/** The network began on this day; no change is older. */
const BEGINNING: CalendarDate = '2002-08-05';
/** More changes than a person has in a day. */
const A_DAY = 1000;

/**
 * The version of the next change of somebody whose last one is known. Versions follow the days, so that they also
 * exceed those of a person's earlier lives in the network that nobody at hand knows of.
 */
export function nextVersion(last: number, today: CalendarDate): number {
  return Math.max(last + 1, daysSinceBeginning(today) * A_DAY);
}

/**
 * The version of the entry of somebody who was recorded before, and came without a certificate that hands a version
 * over: above whatever an earlier municipality can have used until today.
 */
export function versionAfterUnknown(today: CalendarDate): number {
  return (daysSinceBeginning(today) + 1) * A_DAY;
}

/** The day that a version follows, or an earlier one where somebody had more changes than days have room for. */
export function dayOfVersion(version: number): CalendarDate {
  return addDays(BEGINNING, Math.floor(version / A_DAY));
}

function daysSinceBeginning(day: CalendarDate): number {
  return dayNumber(day) - dayNumber(BEGINNING);
}
