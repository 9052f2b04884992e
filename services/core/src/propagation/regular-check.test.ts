import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../logger.js';
import type { Later } from './courier.js';
import { RegularCheck } from './regular-check.js';

const AN_HOUR = 3_600_000;

/** Time that passes when it is told to. */
function timer() {
  const waiting: { act: () => void; ms: number }[] = [];
  const later: Later = (act, ms) => {
    const one = { act, ms };
    waiting.push(one);
    return () => void waiting.splice(waiting.indexOf(one), 1);
  };
  return { later, waiting, pass: () => waiting.shift()?.act() };
}

function regularCheck(check: () => Promise<unknown>, random = 0.5) {
  const time = timer();
  const logger = createLogger('municipality/131059', 'silent');
  const regular = new RegularCheck({ check, everyMs: AN_HOUR, later: time.later, random: () => random, logger });
  return { regular, ...time };
}

describe('A municipality checks by itself', () => {
  it('at its start, and again about an hour after each check', async () => {
    const checks: Date[] = [];
    const { regular, waiting, pass } = regularCheck(async () => checks.push(new Date(0)));
    regular.start();
    await regular.settled();
    expect([checks.length, waiting.map(({ ms }) => ms)]).toEqual([1, [AN_HOUR]]);
    pass();
    await regular.settled();
    expect(checks).toHaveLength(2);
  });

  it.each([
    [0, AN_HOUR / 2],
    [1, (AN_HOUR * 3) / 2],
  ])('not in step with the others: where chance is %d, after %d ms', async (random, ms) => {
    const { regular, waiting } = regularCheck(() => Promise.resolve(), random);
    regular.start();
    await regular.settled();
    expect(waiting).toMatchObject([{ ms }]);
  });

  it('soon again, and not only after an hour, where a level above did not answer', async () => {
    let answers = false;
    let checks = 0;
    const { regular, waiting, pass } = regularCheck(async () => {
      checks += 1;
      if (!answers) throw new Error('nobody answers');
    });
    regular.start();
    await regular.settled();
    expect(waiting).toHaveLength(1);
    expect(waiting[0]?.ms).toBeLessThan(1000);
    answers = true;
    const before = checks;
    pass();
    await regular.settled();
    expect([checks, waiting.map(({ ms }) => ms)]).toEqual([before + 1, [AN_HOUR]]);
  });

  it('no more once it is stopped', async () => {
    const checks: Date[] = [];
    const { regular, waiting } = regularCheck(async () => checks.push(new Date(0)));
    regular.start();
    await regular.settled();
    await regular.stop();
    regular.start();
    await regular.settled();
    expect([checks.length, waiting]).toEqual([1, []]);
  });
});
