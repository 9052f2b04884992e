import { describe, expect, it } from '@jest/globals';
import { together } from './together.js';

describe('What is brought together', () => {
  it('is done at once, and everybody has the result of their own', async () => {
    const groups: number[][] = [];
    const double = together(async (numbers: number[]) => {
      groups.push(numbers);
      return numbers.map((number) => 2 * number);
    });
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
    expect(await double(4)).toBe(8);
    expect(groups).toEqual([[1, 2, 3], [4]]);
  });

  it('has those in it who come a turn later, as long as each turn brings somebody', async () => {
    const groups: number[][] = [];
    const note = together(async (numbers: number[]) => {
      groups.push(numbers);
      return numbers;
    });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const first = [note(1), turn().then(() => note(2))];
    // Brought before the first look, as when there is much to do.
    const second = Promise.resolve().then(() => note(3));
    await Promise.all([...first, second]);
    expect(groups).toEqual([[1, 3, 2]]);
  });

  it('fails for all of a group, and for nobody after it', async () => {
    let tries = 0;
    const act = together(async (items: string[]) => {
      tries += 1;
      if (tries === 1) throw new Error('failed');
      return items;
    });
    const both = await Promise.allSettled([act('one'), act('other')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await act('next')).toBe('next');
  });
});
