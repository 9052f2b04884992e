import { createHash } from 'node:crypto';

/** A stream of numbers that its seed decides (sfc32, started from a SHA-256 of the seed). */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string) {
    const digest = createHash('sha256').update(seed).digest();
    this.#a = digest.readUInt32LE(0);
    this.#b = digest.readUInt32LE(4);
    this.#c = digest.readUInt32LE(8);
  }

  /** From 0 up to, and without, `below`. */
  integer(below: number): number {
    if (!Number.isInteger(below) || below < 1) throw new RangeError('an integer is drawn below a positive integer');
    return Math.floor(this.#fraction() * below);
  }

  /** From `first` to `last`, both included. */
  between(first: number, last: number): number {
    return first + this.integer(last - first + 1);
  }

  chance(probability: number): boolean {
    return this.#fraction() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.integer(list.length)] as T;
  }

  /** Each value as often as the number before it says. */
  weighted<T>(choices: readonly (readonly [weight: number, value: T])[]): T {
    return this.pick(choices.flatMap(([weight, value]) => Array.from({ length: weight }, () => value)));
  }

  shuffled<T>(list: readonly T[]): T[] {
    const shuffled = [...list];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
    }
    return shuffled;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.integer(10)).join('');
  }

  #fraction(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }
}
