import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Road, settled, turns } from '../../../../test/support/road.js';

let road: Road;
beforeEach(() => {
  road = new Road();
});

describe('A courier', () => {
  it('brings all that waits, in its order, one piece at a time', async () => {
    road.queue = ['a', 'b', 'c'];
    await road.courier.drain();
    expect(road).toMatchObject({ arrived: ['a', 'b', 'c'], queue: [], mostUnderWay: 1, timers: [] });
  });

  it('has one piece under way however often it is woken, and brings each once', async () => {
    road.put('a', 'b', 'c');
    for (let i = 0; i < 20; i += 1) {
      await Promise.resolve();
      road.put(`d${i}`);
    }
    await settled();
    expect(road.mostUnderWay).toBe(1);
    expect(road.arrived).toEqual(['a', 'b', 'c', ...Array.from({ length: 20 }, (_, i) => `d${i}`)]);
  });

  it('is told of an empty queue by one look into it, and comes to rest', async () => {
    road.courier.wake();
    await settled();
    expect(road).toMatchObject({ sends: 1, arrived: [], timers: [] });
  });

  it('takes up what comes after it came to rest', async () => {
    road.put('a');
    await settled();
    road.put('b');
    await settled();
    expect(road.arrived).toEqual(['a', 'b']);
  });

  it('takes what is queued behind a piece that is under way along with it', async () => {
    road.meanwhile = (piece) => {
      if (piece === 'a') road.put('b');
    };
    road.put('a');
    await settled();
    expect(road.arrived).toEqual(['a', 'b']);
  });
});

describe('A courier whose office does not answer', () => {
  beforeEach(() => {
    road.isOpen = false;
  });

  it('keeps what it has, and tries again by itself with the same piece, in the same order', async () => {
    road.put('a', 'b');
    await settled();
    expect([road.arrived, road.waiting.length]).toEqual([[], 1]);
    road.isOpen = true;
    await road.afterTheWait();
    expect(road).toMatchObject({ arrived: ['a', 'b'], queue: [] });
  });

  it('tells whoever drains it that it was not delivered', async () => {
    road.queue = ['a'];
    await expect(road.courier.drain()).rejects.toMatchObject({ reason: 'OFFICE_UNAVAILABLE' });
  });

  it('waits twice as long each time, and a minute at most, however long it lasts', async () => {
    road.random = 1;
    road.put('a');
    await settled();
    for (let i = 0; i < 1_100; i += 1) await road.afterTheWait();
    const waits = road.timers.map(({ ms }) => ms);
    expect(waits.slice(0, 9)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
    expect(new Set(waits.slice(9))).toEqual(new Set([60_000]));
  });

  it('waits between half of that and all of it, as chance has it, so that offices do not knock in step', async () => {
    const chances = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 12,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(chances, async (draws) => {
        const shut = new Road();
        shut.isOpen = false;
        for (const [nth, draw] of draws.entries()) {
          shut.random = draw;
          if (nth === 0) shut.put('a');
          await shut.afterTheWait();
        }
        const longest = draws.map((_, nth) => Math.min(60_000, 250 * 2 ** nth));
        expect(shut.timers).toHaveLength(draws.length);
        for (const [nth, { ms }] of shut.timers.entries()) {
          expect(ms).toBeGreaterThanOrEqual((longest[nth] ?? 0) / 2);
          expect(ms).toBeLessThanOrEqual(longest[nth] ?? 0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('waits as long as chance says, not always the same', async () => {
    const waits = [];
    for (const draw of [0, 0.25, 0.5, 0.75]) {
      const shut = new Road();
      Object.assign(shut, { isOpen: false, random: draw });
      shut.put('a');
      await settled();
      waits.push(shut.timers[0]?.ms);
    }
    expect(waits).toEqual([125, 156, 188, 219]);
  });

  it('begins with short waits again once it was answered', async () => {
    road.random = 1;
    road.put('a');
    await settled();
    for (let i = 0; i < 5; i += 1) await road.afterTheWait();
    road.isOpen = true;
    await road.afterTheWait();
    road.isOpen = false;
    road.put('b');
    await settled();
    expect(road.arrived).toEqual(['a']);
    expect(road.timers.map(({ ms }) => ms)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 250]);
  });

  it('goes on waiting when it is woken: a busy counter does not knock more often, and has all of it sent then', async () => {
    for (const piece of ['a', 'b', 'c', 'd']) {
      road.put(piece);
      await settled();
      expect([road.sends, road.waiting.length]).toEqual([1, 1]);
    }
    road.isOpen = true;
    await road.afterTheWait();
    expect([road.arrived, road.waiting]).toEqual([['a', 'b', 'c', 'd'], []]);
  });

  it('tries at once where somebody drains it, and no second time when the wait would have been over', async () => {
    road.put('a');
    await settled();
    road.isOpen = true;
    await road.courier.drain();
    expect([road.arrived, road.waiting]).toEqual([['a'], []]);
  });

  it('tells in the technical log why and how long, and nothing of what it carries', async () => {
    road.put('24727059608');
    await settled();
    expect(road.logged).toMatchObject([{ reason: 'OFFICE_UNAVAILABLE', wait: 125, msg: 'not delivered' }]);
    expect(JSON.stringify(road.logged)).not.toContain('24727059608');
  });

  it('tries again after any failure, be it its own', async () => {
    let isBroken = true;
    road.meanwhile = () => {
      if (isBroken) throw new TypeError('a bug of ours');
    };
    road.isOpen = true;
    road.put('a', 'b');
    await settled();
    expect([road.arrived, road.waiting.length]).toEqual([[], 1]);
    isBroken = false;
    await road.afterTheWait();
    expect(road.arrived).toEqual(['a', 'b']);
  });
});

describe('A courier that is stopped', () => {
  it('lets what is under way come to its end, and sends nothing more', async () => {
    road.put('a', 'b', 'c');
    await turns(2);
    await road.courier.stop();
    expect(road).toMatchObject({ arrived: ['a'], queue: ['b', 'c'], underWay: 0, sends: 1 });
    await settled();
    expect(road.sends).toBe(1);
  });

  it('can not be woken any more, nor drained', async () => {
    await road.courier.stop();
    road.put('a');
    await road.courier.drain();
    await settled();
    expect(road).toMatchObject({ sends: 0, queue: ['a'] });
  });

  it('takes back the wait that it was in', async () => {
    road.isOpen = false;
    road.put('a');
    await settled();
    await road.courier.stop();
    expect(road.waiting).toEqual([]);
  });

  it('does not begin to wait where what is under way fails', async () => {
    road.isOpen = false;
    road.put('a');
    await turns(2);
    await road.courier.stop();
    await settled();
    expect(road).toMatchObject({ sends: 1, timers: [], queue: ['a'] });
  });
});
