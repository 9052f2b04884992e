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
