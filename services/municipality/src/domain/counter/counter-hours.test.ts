import { describe, expect, it } from '@jest/globals';
import { SetClock } from '../../../../../test/support/set-clock.js';
import { isCounterOpen } from './counter-hours.js';

/** Bunkyo's ordinance: one counter, Monday to Friday, 9:00 to 17:00. */
const BUNKYO = { name: '戸籍住民課', days: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00' };
const SUNDAYS_TOO = { ...BUNKYO, days: [0, 1, 2, 3, 4, 5] };

const isOpen = (tokyo: string, counter = BUNKYO) => isCounterOpen(counter, new SetClock(`${tokyo}+09:00`));

describe('A counter that opens Monday to Friday, 9:00 to 17:00', () => {
  it.each(['09:00:00', '12:30:00', '16:59:00', '16:59:59.999'])('is open on a Friday at %s', (time) => {
    expect(isOpen(`2016-05-27T${time}`)).toBe(true);
  });

  it.each(['00:00:00', '08:59:00', '08:59:59.999', '17:00:00', '23:59:59'])('is closed on a Friday at %s', (time) => {
    expect(isOpen(`2016-05-27T${time}`)).toBe(false);
  });

  it.each([
    ['2016-05-23', 'a Monday'],
    ['2016-05-27', 'a Friday'],
    ['2016-05-02', 'a working day between holidays'],
    ['2015-08-11', 'a year before it became Mountain Day'],
    ['2015-12-28', 'the last working day of a year'],
    ['2016-01-04', 'the first working day of a year'],
  ])('is open on %s, %s, at ten in the morning', (day) => {
    expect(isOpen(`${day}T10:00:00`)).toBe(true);
  });

  it.each([
    ['2016-05-28', 'a Saturday'],
    ['2016-05-29', 'a Sunday'],
    ['2016-05-03', 'Constitution Memorial Day'],
    ['2016-05-04', 'Greenery Day'],
    ['2016-05-05', "Children's Day"],
    ['2016-03-21', 'the Monday in place of a holiday on Sunday'],
    ['2016-08-11', 'Mountain Day'],
    ['2015-09-22', 'a day between two holidays'],
    ['2017-01-02', "the Monday in place of a New Year's Day on Sunday"],
    ['2015-12-29', 'a Tuesday at the end of a year'],
    ['2015-12-31', 'a Thursday at the end of a year'],
    ['2016-01-01', "New Year's Day"],
    ['2017-01-03', 'a Tuesday at the beginning of a year'],
  ])('is closed on %s, %s, at ten in the morning', (day) => {
    expect(isOpen(`${day}T10:00:00`)).toBe(false);
  });

  it('goes by the time in Tokyo: it opens at midnight UTC', () => {
    const clock = new SetClock('2016-05-26T23:59:59Z');
    expect(isCounterOpen(BUNKYO, clock)).toBe(false);
    clock.set('2016-05-27T00:00:00Z');
    expect(isCounterOpen(BUNKYO, clock)).toBe(true);
  });
});

describe('A counter whose ordinance says otherwise', () => {
  it('opens on Sundays where the ordinance says so, and still not on holidays', () => {
    expect(isOpen('2016-05-29T10:00:00', SUNDAYS_TOO)).toBe(true);
    expect(isOpen('2016-03-20T10:00:00', SUNDAYS_TOO)).toBe(false);
    expect(isOpen('2016-01-03T10:00:00', SUNDAYS_TOO)).toBe(false);
  });

  it('opens and closes on the minute that the ordinance says', () => {
    const yamatsuri = { ...BUNKYO, opens: '08:30', closes: '17:15' };
    const times = ['08:29', '08:30', '17:14', '17:15'].map((time) => isOpen(`2016-05-27T${time}:00`, yamatsuri));
    expect(times).toEqual([false, true, true, false]);
  });

  it('never opens where the ordinance names no day', () => {
    expect(isOpen('2016-05-27T10:00:00', { ...BUNKYO, days: [] })).toBe(false);
  });
});
