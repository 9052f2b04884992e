import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#core/domain/refusal.js';
import { keepTrying, pauseAfter, type Trying } from './keep-trying.js';

const UNAVAILABLE = new Refusal('OFFICE_UNAVAILABLE');

/** Time that passes at once, and is noted. */
function trying(): { means: Trying; pauses: number[] } {
  const pauses: number[] = [];
  const later = (act: () => void, ms: number) => {
    pauses.push(ms);
    queueMicrotask(act);
  };
  return { means: { later, random: () => 1 }, pauses };
}

/** Fails so often, and then comes to something. */
function failing(times: number, error: Error = UNAVAILABLE) {
  let tries = 0;
  const act = async () => {
    tries += 1;
    if (tries <= times) throw error;
    return 'an answer';
  };
  return { act, tries: () => tries };
}

describe('What the centre does not answer', () => {
  it('is tried again, after pauses that grow', async () => {
    const { means, pauses } = trying();
    await expect(keepTrying(means, failing(5).act)).resolves.toBe('an answer');
    expect(pauses).toEqual([100, 200, 400, 800, 1600]);
  });

  it('is given up after the sixth try', async () => {
    const { act, tries } = failing(100);
    await expect(keepTrying(trying().means, act)).rejects.toBe(UNAVAILABLE);
    expect(tries()).toBe(6);
  });

  it('is never waited for longer than ten seconds, and half as long at least as is due', () => {
    expect(pauseAfter(UNAVAILABLE, 30, 1)).toBe(10_000);
    expect(pauseAfter(UNAVAILABLE, 30, 0)).toBe(5_000);
  });
});

describe('What the centre puts off', () => {
  it('is tried again when the centre says', async () => {
    const { means, pauses } = trying();
    await keepTrying(means, failing(1, new Refusal('RATE_LIMITED', { retryAfterSeconds: 7 })).act);
    expect(pauses).toEqual([7_000]);
  });
});

describe('What would come to the same', () => {
  it.each([
    ['another refusal', new Refusal('PURPOSE_NOT_ALLOWED')],
    ['a fault of the centre', new Refusal('INTERNAL')],
    ['a fault of ours', new RangeError('ours')],
  ])('is not tried again: %s', async (_what, error) => {
    const { act, tries } = failing(1, error);
    await expect(keepTrying(trying().means, act)).rejects.toBe(error);
    expect(tries()).toBe(1);
  });
});
