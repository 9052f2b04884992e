/** How fast it went: calls a second, and what half, 95 and 99 in a hundred of them took at most, in milliseconds. */
export interface Pace {
  rate: number;
  p50: number;
  p95: number;
  p99: number;
}

const FIRST_SIZE = 1 << 16;

/** How long each call took, in milliseconds: all of them, so that none is guessed from a few. */
export class Latencies {
  private taken = new Float64Array(FIRST_SIZE);
  private count = 0;

  add(ms: number): void {
    if (this.count === this.taken.length) this.makeRoomFor(this.count + 1);
    this.taken[this.count] = ms;
    this.count += 1;
  }

  addAll(several: Float64Array): void {
    this.makeRoomFor(this.count + several.length);
    this.taken.set(several, this.count);
    this.count += several.length;
  }

  get all(): Float64Array {
    return this.taken.slice(0, this.count);
  }

  get length(): number {
    return this.count;
  }

  /** @param rate how many there were a second */
  pace(rate: number): Pace {
    const sorted = this.all.sort();
    const within = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
    return { rate, p50: within(0.5), p95: within(0.95), p99: within(0.99) };
  }

  get sum(): number {
    return this.all.reduce((sum, ms) => sum + ms, 0);
  }

  private makeRoomFor(count: number): void {
    if (count <= this.taken.length) return;
    const larger = new Float64Array(Math.max(count, 2 * this.taken.length));
    larger.set(this.taken);
    this.taken = larger;
  }
}
