import { describe, expect, it } from '@jest/globals';
import { residentRecordCodeOf } from '#core/domain/resident-record-code.js';

/** Regulation 1, from the right. */
const WEIGHTS = [2, 3, 4, 5, 6, 7, 2, 3, 4, 5];
/** DOMAIN 10: residents on 1 January 2024. */
const POPULATION = 124_885_175;

/**
 * How many bodies have each remainder, with these weights on their digits: digit by digit, from how many there are
 * without it. Exact: no count exceeds ten thousand million.
 */
function bodiesByRemainder(weights: number[]): number[] {
  let counts = [1, ...Array.from({ length: 10 }, () => 0)];
  for (const weight of weights) {
    const longer = Array.from({ length: 11 }, () => 0);
    for (let digit = 0; digit < 10; digit++)
      for (const [remainder, count] of counts.entries()) {
        const to = (remainder + weight * digit) % 11;
        longer[to] = (longer[to] ?? 0) + count;
      }
    counts = longer;
  }
  return counts;
}

const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
const allotted = (counts: number[]) => total(counts.slice(2));

describe('The codes that can ever be allotted', () => {
  const counts = bodiesByRemainder(WEIGHTS);

  it('are counted out of all ten thousand million bodies', () => {
    expect(total(counts)).toBe(10_000_000_000);
  });

  it('are more than eight thousand million, exactly as many as the count says', () => {
    expect(allotted(counts)).toBe(8_181_818_182);
    expect(allotted(counts)).toBeGreaterThan(8_000_000_000);
  });

  it('are more than sixty for each resident, so that a new one can be had as often as somebody likes', () => {
    expect(allotted(counts) / POPULATION).toBeGreaterThan(60);
  });

  it('are spread evenly over the remainders, so that a check digit tells nothing', () => {
    for (const count of counts) expect(Math.abs(count - 10_000_000_000 / 11)).toBeLessThan(2);
  });

  it('last for a hundred years of twenty million fresh codes a year', () => {
    expect(allotted(counts)).toBeGreaterThan(100 * 20_000_000 + POPULATION);
  });

  it.each([1, 2, 3, 4, 5])('are as many as there are, where %i digits are tried one by one', (digits) => {
    let found = 0;
    for (let body = 0; body < 10 ** digits; body++)
      if (residentRecordCodeOf(String(body).padStart(10, '0')) !== undefined) found++;
    expect(allotted(bodiesByRemainder(WEIGHTS.slice(0, digits)))).toBe(found);
  });
});
