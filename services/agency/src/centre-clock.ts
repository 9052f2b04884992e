import type { Clock } from '#core/domain/clock.js';

/**
 * The clock that proofs are signed by: this machine's, until the centre says how far its own is from it. In this network
 * time is made up, and starts when somebody starts it.
 */
export class CentreClock implements Clock {
  private aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  /** @param now what the centre's clock shows */
  set(now: Date): void {
    this.aheadMs = now.getTime() - Date.now();
  }
}
