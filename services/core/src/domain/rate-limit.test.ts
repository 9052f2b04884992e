import { describe, expect, it } from '@jest/globals';
import { SetClock } from '../../../../test/support/set-clock.js';
import { RateLimit } from './rate-limit.js';

const START = new Date('2016-05-27T10:00:00+09:00').getTime();
const SUGINAMI = 'municipality/131156';
const YOKOHAMA = 'municipality/141003';

describe('An issuing municipality that may fail three times at once, and twice a minute from then on', () => {
  const clock = new SetClock(new Date(START));
  const situation = () => {
    clock.set(new Date(START));
    return new RateLimit(clock, 3, 2);
  };
  const secondsLater = (seconds: number) => clock.set(new Date(START + seconds * 1_000));

  it('is let through three times and no fourth time', () => {
    expect(untilExhausted(situation(), SUGINAMI)).toBe(3);
  });

  it('does not use up anything by asking whether it may', () => {
    const limit = situation();
    for (let i = 0; i < 10; i++) expect(limit.isExhausted(SUGINAMI)).toBe(false);
    expect(untilExhausted(limit, SUGINAMI)).toBe(3);
  });

  it('does not use up what another municipality may do', () => {
    const limit = situation();
    untilExhausted(limit, SUGINAMI);
    expect(limit.isExhausted(YOKOHAMA)).toBe(false);
    expect(untilExhausted(limit, YOKOHAMA)).toBe(3);
  });

  it('is told to wait thirty seconds, and may fail once more when they have passed, not a second before', () => {
    const limit = situation();
    untilExhausted(limit, SUGINAMI);
    expect(limit.secondsUntilNext(SUGINAMI)).toBe(30);
    secondsLater(29);
    expect(limit.isExhausted(SUGINAMI)).toBe(true);
    expect(limit.secondsUntilNext(SUGINAMI)).toBe(1);
    secondsLater(30);
    expect(untilExhausted(limit, SUGINAMI)).toBe(1);
  });

  it('may not save up more than three, however long it waits', () => {
    const limit = situation();
    untilExhausted(limit, SUGINAMI);
    secondsLater(86_400);
    expect(untilExhausted(limit, SUGINAMI)).toBe(3);
  });

  it('gains nothing when the clock is set back', () => {
    const limit = situation();
    untilExhausted(limit, SUGINAMI);
    secondsLater(-3_600);
    expect(limit.isExhausted(SUGINAMI)).toBe(true);
  });

  it('is never told to come back at once', () => {
    expect(situation().secondsUntilNext(SUGINAMI)).toBe(1);
  });
});

describe('An issuing municipality that may fail thirty times at once, and ten times a minute from then on', () => {
  const FAILURES = [30, 31, 35, 60, 200];

  it.each(FAILURES)('is told after %i failures to wait long enough', (failures) => {
    const { limit, seconds, clock } = exhausted(failures);
    clock.set(new Date(START + seconds * 1_000));
    expect(limit.isExhausted(SUGINAMI)).toBe(false);
  });

  it.each(FAILURES)('is told after %i failures to wait no longer than needed, and may ask in between', (failures) => {
    const { limit, seconds, clock } = exhausted(failures);
    clock.set(new Date(START + (seconds - 1) * 1_000));
    expect(limit.isExhausted(SUGINAMI)).toBe(true);
    clock.set(new Date(START + seconds * 1_000));
    expect(limit.isExhausted(SUGINAMI)).toBe(false);
  });

  function exhausted(failures: number) {
    const clock = new SetClock(new Date(START));
    const limit = new RateLimit(clock, 30, 10);
    for (let i = 0; i < failures; i++) limit.take(SUGINAMI);
    return { limit, clock, seconds: limit.secondsUntilNext(SUGINAMI) };
  }
});

function untilExhausted(limit: RateLimit, key: string): number {
  let taken = 0;
  for (; !limit.isExhausted(key); taken++) limit.take(key);
  return taken;
}

describe('More keys than there are places for', () => {
  const situation = () => {
    const clock = new SetClock(new Date(START));
    return { clock, limit: new RateLimit(clock, 3, 2, 5) };
  };
  const keys = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `key ${from + i}`);

  it('share one allowance, and those who have a place keep theirs', () => {
    const { limit } = situation();
    for (const key of keys(0, 5)) limit.take(key);
    expect(keys(5, 1_000).reduce((total, key) => total + untilExhausted(limit, key), 0)).toBe(3);
    expect(untilExhausted(limit, 'key 0')).toBe(2);
    expect(limit['wholeAgainAt'].size).toBe(6);
  });

  it('win nobody an allowance back', () => {
    const { limit } = situation();
    untilExhausted(limit, SUGINAMI);
    for (const key of keys(0, 10_000)) limit.take(key);
    expect(limit.isExhausted(SUGINAMI)).toBe(true);
  });

  it('have places again once the others’ allowances are whole', () => {
    const { limit, clock } = situation();
    for (const key of keys(0, 1_000)) limit.take(key);
    clock.set(new Date(START + 40 * 3_600_000));
    for (const key of keys(1_000, 1_005)) expect(untilExhausted(limit, key)).toBe(3);
  });
});

describe('A clock that is set back', () => {
  it('lets nobody wait for longer than before', () => {
    const clock = new SetClock(new Date(START));
    const limit = new RateLimit(clock, 3, 2);
    untilExhausted(limit, SUGINAMI);
    clock.set(new Date(START - 365 * 86_400_000));
    expect(limit.secondsUntilNext(SUGINAMI)).toBe(30);
    clock.set(new Date(clock.now().getTime() + 30_000));
    expect(limit.isExhausted(SUGINAMI)).toBe(false);
  });
});
