import { describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import { CHANGE_REASONS } from '#core/domain/change-information.js';
import { lastDayWithin, NOTIFICATION_DAYS } from '#core/domain/deadline.js';
import { type ActKind, changeReasonOf, isLate } from './act.js';

const lateOn = (acceptedOn: string, causeOn: string) =>
  isLate({ acceptedOn, deadline: lastDayWithin(NOTIFICATION_DAYS, causeOn) });

describe('A notification that has to come within fourteen days (DEADLINE)', () => {
  it.each([
    ['2016-05-27', '2016-06-10'],
    ['2016-01-31', '2016-02-14'],
    ['2016-02-15', '2016-02-29'],
    ['2015-02-15', '2015-03-01'],
    ['2016-12-18', '2017-01-01'],
  ])('of a cause on %s is in time on %s, and late the day after', (causeOn, last) => {
    expect(lateOn(last, causeOn)).toBe(false);
    expect(lateOn(addDays(last, 1), causeOn)).toBe(true);
  });

  it('is in time on the day of the cause itself, and on every day until the fourteenth after it', () => {
    const days = Array.from({ length: 16 }, (_, i) => addDays('2016-02-20', i));
    const late = days.map((day) => lateOn(day, '2016-02-20'));
    expect(late).toEqual([...Array.from({ length: 15 }, () => false), true]);
  });
});

describe('An act without a deadline', () => {
  it('is never late', () => {
    expect(isLate({ acceptedOn: '2016-05-27', deadline: null })).toBe(false);
    expect(isLate({ acceptedOn: '9999-12-31', deadline: null })).toBe(false);
  });
});

describe('The official reason that an act gives to the offices above', () => {
  it.each(Object.keys(CHANGE_REASONS) as (ActKind & keyof typeof CHANGE_REASONS)[])(
    'is its own name where the law has one for it: %s',
    (kind) => expect(changeReasonOf(kind)).toBe(kind),
  );

  it('is an entry ex officio where a move-out is taken back: the law names no other', () => {
    expect(changeReasonOf('MOVE_OUT_CANCELLATION')).toBe('EX_OFFICIO_ENTRY');
  });

  it('is none where a household changes: no household leaves the municipality (DATA)', () => {
    expect(changeReasonOf('HOUSEHOLD_CHANGE')).toBeUndefined();
  });
});
