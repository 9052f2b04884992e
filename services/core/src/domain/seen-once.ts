/**
 * Which exchanges an office has answered within a window of time: each is answered once. Those that are older than the
 * window are refused for their age, so no more than two windows have to be remembered.
 */
export class SeenOnce {
  private readonly windowMs: number;
  private current = new Set<string>();
  private previous = new Set<string>();
  private since: number;

  constructor(windowMs: number, now: Date) {
    this.windowMs = windowMs;
    this.since = now.getTime();
  }

  /** @returns whether it is the first time */
  isFirst(id: string, now: Date): boolean {
    this.turn(now.getTime());
    if (this.current.has(id) || this.previous.has(id)) return false;
    this.current.add(id);
    return true;
  }

  private turn(now: number): void {
    if (now - this.since < this.windowMs) return;
    this.previous = now - this.since < 2 * this.windowMs ? this.current : new Set();
    this.current = new Set();
    this.since = now;
  }
}
