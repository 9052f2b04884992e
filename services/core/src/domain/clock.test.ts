import { describe, expect, it } from '@jest/globals';
import { SetClock } from '../../../../test/support/set-clock.js';
import { RunningClock, timeOfDay, today } from './clock.js';

describe('The day and the time of day are those of Tokyo, wherever the computer stands', () => {
  it.each([
    ['2016-05-26T14:59:59Z', '2016-05-26', '23:59'],
    ['2016-05-26T15:00:00Z', '2016-05-27', '00:00'],
    ['2016-05-27T00:00:00Z', '2016-05-27', '09:00'],
    ['2016-05-27T07:59:59.999Z', '2016-05-27', '16:59'],
    ['2016-05-27T08:00:00Z', '2016-05-27', '17:00'],
    ['2015-12-31T15:00:00Z', '2016-01-01', '00:00'],
    ['2016-02-28T15:00:00Z', '2016-02-29', '00:00'],
  ])('at %s it is %s in Tokyo, and the clock there shows %s', (instant, day, time) => {
    const clock = new SetClock(instant);
    expect([today(clock), timeOfDay(clock)]).toEqual([day, time]);
  });

  it('Tokyo is nine hours ahead in summer as in winter', () => {
    expect(timeOfDay(new SetClock('2016-07-15T00:00:00Z'))).toBe('09:00');
    expect(timeOfDay(new SetClock('2016-01-15T00:00:00Z'))).toBe('09:00');
  });

  it('a rule that asks again sees the day after midnight', () => {
    const clock = new SetClock('2016-05-27T23:59:59+09:00');
    expect(today(clock)).toBe('2016-05-27');
    clock.set('2016-05-28T00:00:00+09:00');
    expect(today(clock)).toBe('2016-05-28');
  });
});

describe('A clock that runs', () => {
  const SHOWN = new Date('2016-05-27T01:00:00Z');

  it('shows what it was set to at one moment, and as much more as has passed since', () => {
    const at = new Date(Date.now() - 90_000);
    const clock = new RunningClock(SHOWN, at);
    const [least, passed, most] = [Date.now(), clock.now().getTime() - SHOWN.getTime(), Date.now()];
    expect(passed).toBeGreaterThanOrEqual(least - at.getTime());
    expect(passed).toBeLessThanOrEqual(most - at.getTime());
  });

  it('reads the same in every process that is told the same moment', () => {
    const at = new Date(Date.now() - 5_000);
    const [one, other] = [new RunningClock(SHOWN, at), new RunningClock(SHOWN, at)];
    expect(Math.abs(one.now().getTime() - other.now().getTime())).toBeLessThan(1_000);
  });

  it('starts now where nothing else is said, and can be set, forward and back', () => {
    const clock = new RunningClock(SHOWN);
    expect(today(clock)).toBe('2016-05-27');
    clock.set(new Date('2016-06-10T01:00:00Z'));
    expect(today(clock)).toBe('2016-06-10');
    clock.set(new Date('2015-12-22T01:00:00Z'));
    expect(today(clock)).toBe('2015-12-22');
  });
});
