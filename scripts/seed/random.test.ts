import { describe, expect, it } from '@jest/globals';
import { Random } from './random.js';

const draws = (random: Random, below: number) => Array.from({ length: 2000 }, () => random.integer(below));

describe('A stream of numbers that its seed decides', () => {
  it('repeats itself from the same seed and differs from another', () => {
    expect(draws(new Random('a'), 1000)).toEqual(draws(new Random('a'), 1000));
    expect(draws(new Random('a'), 1000)).not.toEqual(draws(new Random('b'), 1000));
  });

  it('draws every integer below the bound about equally often, and none else', () => {
    const counts = Map.groupBy(draws(new Random('a'), 10), (drawn) => drawn);
    expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const drawn of counts.values()) expect(Math.abs(drawn.length - 200)).toBeLessThan(60);
  });

  it('refuses a bound that no integer is below', () => {
    expect(() => new Random('a').integer(0)).toThrow(RangeError);
    expect(() => new Random('a').pick([])).toThrow(RangeError);
  });

  it('shuffles a list without losing anything, and leaves the list as it was', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = new Random('a').shuffled(list);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.toSorted()).toEqual(list);
    expect(list).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
