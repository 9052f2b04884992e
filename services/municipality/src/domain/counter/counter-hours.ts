import holidays from '@holiday-jp/holiday_jp';
import { type CalendarDate, dayOfWeek } from '#core/domain/calendar-date.js';
import { type Clock, timeOfDay, today } from '#core/domain/clock.js';
import type { Ordinance } from '#core/network-file.js';

/** Whether a counter is open at this moment in Tokyo. It opens on the minute and closes on the minute. */
export function isCounterOpen(counter: Ordinance['counter'], clock: Clock): boolean {
  const day = today(clock);
  const time = timeOfDay(clock);
  return isWorkingDay(counter, day) && counter.opens <= time && time < counter.closes;
}

function isWorkingDay(counter: Ordinance['counter'], day: CalendarDate): boolean {
  return counter.days.includes(dayOfWeek(day)) && !isNationalHoliday(day) && !isYearEnd(day);
}

function isNationalHoliday(day: CalendarDate): boolean {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return holidays.isHoliday(new Date(year, month - 1, date));
}

/** 29 December to 3 January; widely practised, laid down by each office for itself. */
function isYearEnd(day: CalendarDate): boolean {
  const monthAndDay = day.slice(5);
  return monthAndDay >= '12-29' || monthAndDay <= '01-03';
}
