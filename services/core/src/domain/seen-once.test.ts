import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SeenOnce } from './seen-once.js';

const WINDOW_MS = 600_000;
const START = new Date('2016-05-27T10:00:00+09:00').getTime();
const at = (ms: number) => new Date(START + ms);

/** When each id was let through last; one that comes again sooner than a window apart is let through by mistake. */
function letThroughTwice(visits: { id: string; ms: number }[]): string[] {
  const seen = new SeenOnce(WINDOW_MS, at(0));
  const last = new Map<string, number>();
  return visits.flatMap(({ id, ms }) => {
    if (!seen.isFirst(id, at(ms))) return [];
    const before = last.get(id);
    last.set(id, ms);
    return before !== undefined && Math.abs(ms - before) <= WINDOW_MS ? [`${id} at ${before} and at ${ms}`] : [];
  });
}

const anId = fc.constantFrom('a', 'b', 'c');

describe('What is seen once', () => {
  it('is the first time once, and no second time', () => {
    const seen = new SeenOnce(WINDOW_MS, at(0));
    expect([seen.isFirst('a', at(0)), seen.isFirst('a', at(0)), seen.isFirst('b', at(0))]).toEqual([true, false, true]);
  });

  it.each([1, 1_000, WINDOW_MS - 1, WINDOW_MS])(
    'is no first time again %d ms later, whenever it came first',
    (later) => {
      for (const first of [0, 1, WINDOW_MS - 1, WINDOW_MS, WINDOW_MS + 1]) {
        const seen = new SeenOnce(WINDOW_MS, at(0));
        seen.isFirst('a', at(first));
        seen.isFirst('b', at(first + later / 2));
        expect(seen.isFirst('a', at(first + later))).toBe(false);
      }
    },
  );

  it('is let through once within a window, whenever questions come one after another', () => {
    const visits = fc.array(fc.record({ id: anId, wait: fc.nat(2 * WINDOW_MS) }), { maxLength: 60 });
    fc.assert(
      fc.property(visits, (steps) => {
        let ms = 0;
        const played = steps.map(({ id, wait }) => {
          ms += wait;
          return { id, ms };
        });
        expect(letThroughTwice(played)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is let through once within a window where the clock is set back meanwhile', () => {
    expect(letThroughTwice([0, -1, -60_000, -WINDOW_MS].map((ms) => ({ id: 'a', ms })))).toEqual([]);
  });

  it('takes no more memory than two windows hold, however long it goes on', () => {
    const seen = new SeenOnce(WINDOW_MS, at(0));
    let most = 0;
    for (let second = 0; second < 36_000; second += 1) {
      seen.isFirst(`exchange-${second}`, at(second * 1_000));
      most = Math.max(most, seen['current'].size + seen['previous'].size);
    }
    expect(most).toBeGreaterThan(600);
    expect(most).toBeLessThanOrEqual(2 * 600);
  });

  it('forgets everything after a long silence', () => {
    const seen = new SeenOnce(WINDOW_MS, at(0));
    for (let i = 0; i < 100; i += 1) seen.isFirst(`exchange-${i}`, at(i));
    seen.isFirst('after a night', at(43_200_000));
    expect(seen['current'].size + seen['previous'].size).toBe(1);
  });
});
