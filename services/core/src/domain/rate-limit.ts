import type { Clock } from './clock.js';

/** For so many keys one thing each is kept; whoever comes beyond that shares one allowance. */
const MOST_KEYS = 20_000;
const SWEEP_EVERY_MS = 1_000;
/** No caller's key. */
const THE_REST = '';

/**
 * Allows each key `burst` acts at once, and `perMinute` from then on.
 *
 * For a key only one thing is kept: when its allowance will be whole again. In whole milliseconds, so that an allowance
 * is back exactly when it was said to be; so no more than 60,000 a minute. Where all places are taken, newcomers share
 * one allowance: the memory is bounded whatever keys come, and a flood of new ones wins nobody an allowance back.
 */
export class RateLimit {
  private readonly wholeAgainAt = new Map<string, number>();
  private readonly clock: Clock;
  private readonly burst: number;
  private readonly interval: number;
  private readonly most: number;
  private shown: number;
  private elapsed = 0;
  private sweepAt = 0;

  constructor(clock: Clock, burst: number, perMinute: number, most = MOST_KEYS) {
    this.clock = clock;
    this.burst = burst;
    this.interval = Math.ceil(60_000 / perMinute);
    this.most = most;
    this.shown = clock.now().getTime();
  }

  isExhausted(key: string): boolean {
    return this.wait(key) > 0;
  }

  take(key: string): void {
    const place = this.placeOf(key);
    this.wholeAgainAt.set(place, this.time() + this.missing(place) + this.interval);
  }

  /** At least 1. */
  secondsUntilNext(key: string): number {
    return Math.max(1, Math.ceil(this.wait(key) / 1000));
  }

  /** Until one act is allowed, in milliseconds. */
  private wait(key: string): number {
    return this.missing(this.placeOf(key)) - (this.burst - 1) * this.interval;
  }

  /** Until the allowance is whole, in milliseconds. */
  private missing(place: string): number {
    return Math.max(0, (this.wholeAgainAt.get(place) ?? 0) - this.time());
  }

  private placeOf(key: string): string {
    if (this.wholeAgainAt.has(key) || this.wholeAgainAt.size < this.most) return key;
    this.forgetWhole();
    return this.wholeAgainAt.size < this.most ? key : THE_REST;
  }

  /** Whose allowance is whole again is as good as new. */
  private forgetWhole(): void {
    const now = this.time();
    if (now < this.sweepAt) return;
    this.sweepAt = now + SWEEP_EVERY_MS;
    for (const [key, wholeAgainAt] of this.wholeAgainAt) if (wholeAgainAt <= now) this.wholeAgainAt.delete(key);
  }

  /**
   * What the clock has run, in milliseconds. Set back, it stands: nobody gains anything, and nobody waits for the hour or
   * the year that the clock was set back by.
   */
  private time(): number {
    const shows = this.clock.now().getTime();
    this.elapsed += Math.max(0, shows - this.shown);
    this.shown = shows;
    return this.elapsed;
  }
}
