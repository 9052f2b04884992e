import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  calendarDateOf,
  dayNumber,
  dayOfWeek,
  isCalendarDate,
  japaneseDate,
} from './calendar-date.js';

const days = fc
  .date({ min: new Date('1868-10-23'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('A day of the calendar', () => {
  it.each(['2016-05-27', '2016-02-29', '2000-02-29', '2015-02-28', '1911-01-31', '2016-12-31', '0001-01-01'])(
    'is one that the Gregorian calendar has, as %s',
    (text) => expect(isCalendarDate(text)).toBe(true),
  );

  it.each([
    '2015-02-29',
    '1900-02-29',
    '2016-02-30',
    '2016-04-31',
    '2016-06-31',
    '2016-13-01',
    '2016-00-10',
    '2016-01-00',
    '2016-01-32',
    '0000-01-01',
  ])('is not %s, which no calendar has', (text) => expect(isCalendarDate(text)).toBe(false));

  it.each([
    '',
    '2016-5-27',
    '2016/05/27',
    '20160527',
    '2016-05-27T00:00',
    '2016-05-27\n',
    '+2016-05-27',
    '２０１６-05-27',
  ])('is written YYYY-MM-DD, and not %j', (text) => expect(isCalendarDate(text)).toBe(false));

  it('can be put together from year, month and day, with undefined for a day that does not exist', () => {
    expect(calendarDateOf(2016, 2, 29)).toBe('2016-02-29');
    expect(calendarDateOf(2015, 2, 29)).toBeUndefined();
    expect(calendarDateOf(2016, 0, 1)).toBeUndefined();
    expect(calendarDateOf(0, 0, 0)).toBeUndefined();
    expect(calendarDateOf(-1, 1, 1)).toBeUndefined();
    expect(calendarDateOf(2016, 100, 1)).toBeUndefined();
    expect(calendarDateOf(12016, 1, 1)).toBeUndefined();
  });

  it('compares as text in the order of the days', () => {
    fc.assert(fc.property(days, fc.integer({ min: 1, max: 36_525 }), (day, n) => day < addDays(day, n)));
  });

  it('knows its day of the week, Sunday being 0', () => {
    expect(dayOfWeek('2016-05-27')).toBe(5);
    expect(dayOfWeek('2016-05-29')).toBe(0);
    expect(dayOfWeek('2016-02-29')).toBe(1);
  });
});

describe('A term of fourteen days, whose first day is not counted', () => {
  it.each([
    ['2016-05-27', '2016-06-10'],
    ['2016-02-15', '2016-02-29'],
    ['2015-02-15', '2015-03-01'],
    ['2016-12-18', '2017-01-01'],
    ['2016-04-30', '2016-05-14'],
  ])('that begins on %s ends on %s', (first, last) => expect(addDays(first, 14)).toBe(last));

  it('leads back to its first day when it is counted back', () => {
    fc.assert(fc.property(days, fc.nat(36_525), (day, n) => addDays(addDays(day, n), -n) === day));
  });
});

describe('The same day of another month', () => {
  it.each([
    ['2016-05-27', 1, '2016-06-27'],
    ['2016-05-27', -1, '2016-04-27'],
    ['2016-05-27', 0, '2016-05-27'],
    ['2016-12-27', 1, '2017-01-27'],
    ['2016-01-27', -1, '2015-12-27'],
    ['2016-05-27', 25, '2018-06-27'],
    ['2016-05-31', -12, '2015-05-31'],
  ])('of %s, %i months on, is %s', (date, months, other) => expect(addMonths(date, months)).toBe(other));

  it.each([
    ['2016-01-31', 1, '2016-02-29'],
    ['2015-01-31', 1, '2015-02-28'],
    ['2015-01-29', 1, '2015-02-28'],
    ['2016-03-31', -1, '2016-02-29'],
    ['2016-05-31', 1, '2016-06-30'],
    ['2016-12-31', -1, '2016-11-30'],
  ])('is its last day where it is shorter: of %s, %i months on, %s', (date, months, other) => {
    expect(addMonths(date, months)).toBe(other);
  });

  it('stays the last day of a short month, and is not moved to the end of a longer one', () => {
    expect(addMonths('2015-02-28', 1)).toBe('2015-03-28');
    expect(addMonths('2016-04-30', 1)).toBe('2016-05-30');
  });

  it('is a day of the calendar, of that month, and no later in it', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -600, max: 600 }), (day, months) => {
        const other = addMonths(day, months);
        expect(isCalendarDate(other)).toBe(true);
        expect(monthNumber(other)).toBe(monthNumber(day) + months);
        expect(other.slice(8) <= day.slice(8)).toBe(true);
      }),
    );
  });
});

describe('The same day of another year', () => {
  it.each([
    ['2016-05-27', 1, '2017-05-27'],
    ['2016-05-27', 80, '2096-05-27'],
    ['2016-05-27', -1, '2015-05-27'],
    ['2016-02-28', 1, '2017-02-28'],
    ['2015-02-28', 1, '2016-02-28'],
    ['2016-02-29', 4, '2020-02-29'],
    ['2000-02-29', 16, '2016-02-29'],
  ])('of %s, %i years on, is %s', (date, years, other) => expect(addYears(date, years)).toBe(other));

  it('is 28 February of a year without a 29th', () => {
    expect(addYears('2016-02-29', 1)).toBe('2017-02-28');
    expect(addYears('2016-02-29', 5)).toBe('2021-02-28');
    expect(addYears('2016-02-29', 84)).toBe('2100-02-28');
  });
});

describe('The number of a day', () => {
  it('is 0 on 1 January 1970, and negative before', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1970-01-02')).toBe(1);
    expect(dayNumber('1969-12-31')).toBe(-1);
  });

  it('tells how many days lie between two days, leap days among them', () => {
    expect(dayNumber('2017-01-01') - dayNumber('2016-01-01')).toBe(366);
    expect(dayNumber('2016-01-01') - dayNumber('2015-01-01')).toBe(365);
    fc.assert(fc.property(days, fc.nat(36_525), (day, n) => dayNumber(addDays(day, n)) - dayNumber(day) === n));
  });
});

describe('A day as offices write it, by the Japanese era', () => {
  it.each([
    ['2016-05-27', '平成28年5月27日'],
    ['1868-10-23', '明治元年10月23日'],
    ['1912-07-29', '明治45年7月29日'],
    ['1912-07-30', '大正元年7月30日'],
    ['1926-12-24', '大正15年12月24日'],
    ['1926-12-25', '昭和元年12月25日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1989-01-08', '平成元年1月8日'],
    ['2019-04-30', '平成31年4月30日'],
    ['2019-05-01', '令和元年5月1日'],
    ['2020-01-01', '令和2年1月1日'],
  ])('writes %s as %s', (date, written) => expect(japaneseDate(date)).toBe(written));

  it('never writes a first year with a figure', () => {
    fc.assert(fc.property(days, (day) => /^(明治|大正|昭和|平成|令和)(元|[1-9][0-9]*)年/.test(japaneseDate(day))));
    fc.assert(fc.property(days, (day) => !/^\D+1年/.test(japaneseDate(day))));
  });
});

function monthNumber(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}
