import type { Clock } from '#core/domain/clock.js';

/** A clock that stands still until it is set. */
export class SetClock implements Clock {
  private shown: Date;

  constructor(shown: Date | string) {
    this.shown = new Date(shown);
  }

  now(): Date {
    return this.shown;
  }

  /** `2016-05-27T10:00:00+09:00` */
  set(shown: Date | string): void {
    this.shown = new Date(shown);
  }
}
