import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, dayNumber } from './calendar-date.js';
import { lastDayWithin, NOTIFICATION_DAYS } from './deadline.js';

const days = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('Within fourteen days of a cause (DEADLINE)', () => {
  it('the day of the cause is not counted: of 27 May, the last day is 10 June', () => {
    expect(lastDayWithin(NOTIFICATION_DAYS, '2016-05-27')).toBe('2016-06-10');
  });

  it.each([
    ['2016-05-31', '2016-06-14', 'from the end of a month of 31 days'],
    ['2016-04-16', '2016-04-30', 'to the last day of a month'],
    ['2016-04-17', '2016-05-01', 'to the first day of the next month'],
    ['2016-12-17', '2016-12-31', 'to the last day of a year'],
    ['2016-12-18', '2017-01-01', 'to the first day of the next year'],
    ['2016-02-15', '2016-02-29', 'to the day that a leap year has more'],
    ['2016-02-16', '2016-03-01', 'over the day that a leap year has more'],
    ['2016-02-29', '2016-03-14', 'from the day that a leap year has more'],
    ['2015-02-15', '2015-03-01', 'over the end of February of another year'],
    ['2000-02-16', '2000-03-01', 'over the end of February of 2000, which was a leap year'],
    ['1900-02-15', '1900-03-01', 'over the end of February of 1900, which was none'],
  ])('of a cause on %s, the last day is %s: %s', (causeOn, last) => {
    expect(lastDayWithin(NOTIFICATION_DAYS, causeOn)).toBe(last);
  });

  it('the last day is always fourteen days after the cause, whatever lies between', () => {
    fc.assert(fc.property(days, (day) => dayNumber(lastDayWithin(NOTIFICATION_DAYS, day)) === dayNumber(day) + 14));
  });
});

describe('Within any number of days of a cause', () => {
  it('the last day is the day of the cause where there are none to wait', () => {
    expect(lastDayWithin(0, '2016-02-29')).toBe('2016-02-29');
  });

  it.each([
    [30, '2016-06-26'],
    [90, '2016-08-25'],
  ])('the last day of %i days after 27 May 2016 is %s', (term, last) => {
    expect(lastDayWithin(term, '2016-05-27')).toBe(last);
  });

  it('a cause one day later has a last day one day later', () => {
    fc.assert(
      fc.property(days, fc.nat(90), (day, term) => {
        expect(lastDayWithin(term, addDays(day, 1))).toBe(addDays(lastDayWithin(term, day), 1));
      }),
    );
  });
});
