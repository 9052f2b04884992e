import type { Clock } from './clock.js';

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * A token bucket for each key: `burst` at once, refilled at `perMinute`.
 * Keys are offices, so the memory is bounded by the network.
 */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>();
  private readonly clock: Clock;
  private readonly burst: number;
  private readonly perMinute: number;

  constructor(clock: Clock, burst: number, perMinute: number) {
    this.clock = clock;
    this.burst = burst;
    this.perMinute = perMinute;
  }

  isExhausted(key: string): boolean {
    return this.bucket(key).tokens < 1;
  }

  take(key: string): void {
    this.bucket(key).tokens -= 1;
  }

  secondsUntilNext(key: string): number {
    return Math.max(1, Math.ceil(((1 - this.bucket(key).tokens) * 60) / this.perMinute));
  }

  private bucket(key: string): Bucket {
    const now = this.clock.now().getTime();
    const bucket = this.buckets.get(key) ?? { tokens: this.burst, at: now };
    const minutes = Math.max(0, now - bucket.at) / 60_000;
    bucket.tokens = Math.min(this.burst, bucket.tokens + minutes * this.perMinute);
    bucket.at = now;
    this.buckets.set(key, bucket);
    return bucket;
  }
}
