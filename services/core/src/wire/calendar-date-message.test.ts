import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarDateMessage, calendarDateOfMessage } from './calendar-date-message.js';
import { sexMessage, sexOfMessage } from './sex-message.js';

describe('A day on the wire', () => {
  it('is three numbers, without time or zone', () => {
    expect(calendarDateMessage('2016-05-27')).toEqual({ year: 2016, month: 5, day: 27 });
  });

  it('arrives as the day that was sent', () => {
    const days = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        return calendarDateOfMessage(calendarDateMessage(day)) === day;
      }),
    );
  });

  it.each([
    ['is missing', undefined],
    ['is null', null],
    ['says nothing', { year: 0, month: 0, day: 0 }],
    ['is a 29 February of a common year', { year: 2015, month: 2, day: 29 }],
    ['is a 31 April', { year: 2016, month: 4, day: 31 }],
    ['has a thirteenth month', { year: 2016, month: 13, day: 1 }],
    ['counts backwards', { year: 2016, month: -5, day: 27 }],
    ['is beyond four digits', { year: 12016, month: 5, day: 27 }],
    ['is before the first year', { year: -1, month: 5, day: 27 }],
    ['is at the edge of the type', { year: 2147483647, month: 2147483647, day: -2147483648 }],
  ])('is none where the message %s', (_what, message) => expect(calendarDateOfMessage(message)).toBeUndefined());
});

describe('A sex on the wire', () => {
  it('arrives as it was sent, and is none where it was not stated', () => {
    expect(sexOfMessage(sexMessage('FEMALE'))).toBe('FEMALE');
    expect(sexOfMessage(sexMessage('MALE'))).toBe('MALE');
    expect(sexOfMessage('SEX_UNSPECIFIED')).toBeUndefined();
  });
});
