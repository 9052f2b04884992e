import type { CalendarDate } from './calendar-date.js';

/** The network's time. Every rule with a date asks a clock that was passed in (invariant DEADLINE). */
export interface Clock {
  now(): Date;
}

/** A clock that showed `shown` when the machine's clock showed `at`, and has run since. */
export class RunningClock implements Clock {
  private offset: number;

  constructor(shown: Date, at: Date = new Date()) {
    this.offset = shown.getTime() - at.getTime();
  }

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  set(shown: Date): void {
    this.offset = shown.getTime() - Date.now();
  }
}

/** Japan has had no summer time since 1952. */
const TOKYO_AHEAD_MS = 9 * 3_600_000;

/** The day it is in Tokyo. */
export function today(clock: Clock): CalendarDate {
  return dayOf(clock.now());
}

/** The day it is in Tokyo at a moment. */
export function dayOf(moment: Date): CalendarDate {
  return inTokyo(moment).slice(0, 10);
}

/** The time of day in Tokyo, `HH:MM`. */
export function timeOfDay(clock: Clock): string {
  return inTokyo(clock.now()).slice(11, 16);
}

function inTokyo(moment: Date): string {
  return new Date(moment.getTime() + TOKYO_AHEAD_MS).toISOString();
}
