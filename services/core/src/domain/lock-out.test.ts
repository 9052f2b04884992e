import { describe, expect, it } from '@jest/globals';
import { isLockedOut, NO_TRIES, type Tries, withTry } from './lock-out.js';

const at = (time: string) => new Date(`2016-05-27T${time}Z`);
const START = at('01:00:00');
const failing = (times: number, before: Tries = NO_TRIES, now = START): Tries =>
  times === 0 ? before : failing(times - 1, withTry(before, now), now);

describe('Failures in a row', () => {
  it('lock nobody out while they are two', () => {
    expect(failing(2)).toEqual({ failures: 2, lockedAt: null });
    expect(isLockedOut(failing(2), START)).toBe(false);
  });

  it('lock out with the third, for a quarter of an hour to the millisecond', () => {
    const locked = failing(3);
    expect(locked).toEqual({ failures: 3, lockedAt: START });
    expect(isLockedOut(locked, at('01:14:59.999'))).toBe(true);
    expect(isLockedOut(locked, at('01:15:00'))).toBe(false);
  });

  it('do not lock out longer by what is tried meanwhile', () => {
    expect(failing(100, failing(3), at('01:14:59'))).toEqual(failing(3));
  });

  it('are counted anew once that is over', () => {
    expect(failing(1, failing(3), at('01:15:00'))).toEqual({ failures: 1, lockedAt: null });
    expect(failing(3, failing(3), at('01:15:00')).lockedAt).toEqual(at('01:15:00'));
  });
});
