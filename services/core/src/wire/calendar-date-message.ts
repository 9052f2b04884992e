import { type CalendarDate, calendarDateOf } from '../domain/calendar-date.js';
import type { CalendarDate__Output } from './generated/juki/identity/v1/CalendarDate.js';

/** The wire form of a day. */
export function calendarDateMessage(date: CalendarDate): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return { year, month, day };
}

/** Undefined where the message is missing or names no day of the calendar. */
export function calendarDateOfMessage(message: CalendarDate__Output | null | undefined): CalendarDate | undefined {
  return message ? calendarDateOf(message.year, message.month, message.day) : undefined;
}
