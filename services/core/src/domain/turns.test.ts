import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

/** Notes whose turn it was. */
function noting() {
  const [turns, order] = [new Turns(), [] as string[]];
  const take = (key: string, nth: number) =>
    turns.take(key, async () => {
      order.push(`${key}${nth}`);
      return nth;
    });
  return { turns, order, take };
}

describe('Turns', () => {
  it('go round by key: whoever brings much holds up nobody who brings one thing', async () => {
    const { order, take } = noting();
    const much = [1, 2, 3, 4, 5].map((nth) => take('pension', nth));
    const little = [take('land', 1), take('foreign', 1)];
    expect(await Promise.all([...much, ...little])).toEqual([1, 2, 3, 4, 5, 1, 1]);
    // The first had its turn, and the second was next, before anybody else came.
    expect(order).toEqual(['pension1', 'pension2', 'land1', 'foreign1', 'pension3', 'pension4', 'pension5']);
  });

  it('are had by one at a time', async () => {
    const turns = new Turns();
    let [busy, most] = [0, 0];
    const act = async () => {
      busy += 1;
      most = Math.max(most, busy);
      await new Promise((resolve) => setImmediate(resolve));
      busy -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, (_, i) => turns.take(`key ${i % 3}`, act)));
    expect(most).toBe(1);
  });

  it('go on after one that failed, and only its own caller hears of it', async () => {
    const { turns, take } = noting();
    const failed = turns.take('pension', () => Promise.reject(new Error('failed')));
    const next = take('pension', 1);
    await expect(failed).rejects.toThrow('failed');
    expect(await next).toBe(1);
  });
});
