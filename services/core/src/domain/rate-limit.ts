import type { Clock } from './clock.js';

/**
 * Allows each key `burst` acts at once, and `perMinute` from then on.
 *
 * For a key only one thing is kept: when its allowance will be whole again. In whole milliseconds, so that an allowance
 * is back exactly when it was said to be. Keys are offices, so the memory is bounded by the network.
 */
export class RateLimit {
  private readonly wholeAgainAt = new Map<string, number>();
  private readonly clock: Clock;
  private readonly burst: number;
  private readonly interval: number;

  constructor(clock: Clock, burst: number, perMinute: number) {
    this.clock = clock;
    this.burst = burst;
    this.interval = Math.ceil(60_000 / perMinute);
  }

  isExhausted(key: string): boolean {
    return this.wait(key) > 0;
  }

  take(key: string): void {
    this.wholeAgainAt.set(key, this.clock.now().getTime() + this.missing(key) + this.interval);
  }

  /** At least 1. */
  secondsUntilNext(key: string): number {
    return Math.max(1, Math.ceil(this.wait(key) / 1000));
  }

  /** Until one act is allowed, in milliseconds. */
  private wait(key: string): number {
    return this.missing(key) - (this.burst - 1) * this.interval;
  }

  /** Until the allowance is whole, in milliseconds. */
  private missing(key: string): number {
    return Math.max(0, (this.wholeAgainAt.get(key) ?? 0) - this.clock.now().getTime());
  }
}
