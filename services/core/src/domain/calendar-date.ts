/** A day of the Gregorian calendar as `YYYY-MM-DD`: such strings compare in the order of the days. */
export type CalendarDate = string;

const DAY = 86_400_000;

export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || text < '0001') return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/** Undefined where there is no such day, as 29 February 2015. */
export function calendarDateOf(year: number, month: number, day: number): CalendarDate | undefined {
  const text = [pad(year, 4), pad(month, 2), pad(day, 2)].join('-');
  return isCalendarDate(text) ? text : undefined;
}

/** 0 is Sunday, 6 is Saturday. */
export function dayOfWeek(date: CalendarDate): number {
  return utc(date).getUTCDay();
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(utc(date).getTime() + days * DAY).toISOString().slice(0, 10);
}

/** The same day `years` later; 29 February becomes 28 February where there is none. */
export function addYears(date: CalendarDate, years: number): CalendarDate {
  return addMonths(date, years * 12);
}

/** The same day of another month, or that month's last day where it is shorter. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${pad(Math.min(day, last), 2)}`;
}

/** How many days after 1 January 1970. */
export function dayNumber(date: CalendarDate): number {
  return utc(date).getTime() / DAY;
}

/** The day in the Japanese calendar, as offices write it: 平成28年5月27日, 令和元年5月1日. */
export function japaneseDate(date: CalendarDate): string {
  const parts = ERA.formatToParts(utc(date));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? '';
  const year = part('year') === '1' ? '元' : part('year');
  return `${part('era')}${year}年${part('month')}月${part('day')}日`;
}

const ERA = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  era: 'long',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});

function utc(date: CalendarDate): Date {
  return new Date(`${date}T00:00:00Z`);
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
