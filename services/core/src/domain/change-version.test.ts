import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from './calendar-date.js';
import { nextVersion, versionAfterUnknown } from './change-version.js';

const TODAY = '2016-05-27';
const BEGINNING = '2002-08-05';
const LARGEST_INT32 = 2 ** 31 - 1;

const days = fc.nat(36_525).map((n) => addDays(BEGINNING, n));
const versions = fc.nat(100_000_000);

describe('The version of the next change of a person (CHAIN)', () => {
  it('is higher than the last one, whatever the last one was and whatever day it is', () => {
    fc.assert(fc.property(versions, days, (last, day) => nextVersion(last, day) > last));
  });

  it('follows the days: what is written later is higher, even for whoever knows nothing of what was before', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 36_525 }), (day, n) => {
        expect(nextVersion(0, addDays(day, n))).toBeGreaterThan(nextVersion(0, day));
      }),
    );
  });

  it('is the next number on a day of many changes', () => {
    const first = nextVersion(0, TODAY);
    const second = nextVersion(first, TODAY);
    expect([second, nextVersion(second, TODAY)]).toEqual([first + 1, first + 2]);
  });

  it('never falls behind the last one where that was written by a clock that was ahead', () => {
    const ahead = nextVersion(0, addDays(TODAY, 10));
    expect(nextVersion(ahead, TODAY)).toBe(ahead + 1);
  });

  it('is positive from the first day of the network on', () => {
    expect(nextVersion(0, BEGINNING)).toBe(1);
    expect(nextVersion(0, addDays(BEGINNING, 1))).toBeGreaterThan(1);
  });

  it('fits into the 32 bits of a message for a thousand years', () => {
    expect(nextVersion(0, '3002-08-05')).toBeLessThan(LARGEST_INT32);
    expect(versionAfterUnknown('3002-08-05')).toBeLessThan(LARGEST_INT32);
  });
});

describe('The version of the entry of somebody whose last one is not known', () => {
  it('exceeds whatever an earlier municipality used for up to nine hundred changes until today', () => {
    fc.assert(
      fc.property(days, fc.nat(5_000), fc.integer({ min: 1, max: 900 }), (today, ago, changes) => {
        let last = 0;
        for (let i = 0; i < changes; i++) last = nextVersion(last, addDays(today, -ago));
        expect(versionAfterUnknown(today)).toBeGreaterThan(last);
      }),
    );
  });

  it('exceeds the deletion of the same day and the version that its certificate handed over', () => {
    const deletion = nextVersion(0, TODAY);
    expect(versionAfterUnknown(TODAY)).toBeGreaterThan(deletion + 1);
  });

  it('exceeds that of an earlier such entry, from the next day on', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 5_000 }), (day, n) => {
        expect(versionAfterUnknown(addDays(day, n))).toBeGreaterThan(versionAfterUnknown(day));
      }),
    );
  });

  it('is no obstacle to the next change, on the same day or the day after', () => {
    const entry = versionAfterUnknown(TODAY);
    expect(nextVersion(entry, TODAY)).toBeGreaterThan(entry);
    expect(nextVersion(entry, addDays(TODAY, 1))).toBeGreaterThan(entry);
  });
});
