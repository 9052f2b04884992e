import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDateOf, dayOfWeek, isCalendarDate, japaneseDate } from './calendar-date.js';

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
