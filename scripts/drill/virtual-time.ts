import type { Clock } from '#core/domain/clock.js';
import type { Later } from '#core/propagation/courier.js';

/** Turns of the event loop after which nothing that an event set off is still running: what is read, signed and committed together each takes one. */
const TURNS = 10;
/** With nothing left that is to come, so many turns more show that nothing sets off anything either. */
const LAST_TURNS = 40;

interface Due {
  at: number;
  act: () => void;
}

/** Time that passes from event to event: nobody waits for it, and the same events come in the same order each time. */
export class VirtualTime implements Clock {
  private shown: number;
  private readonly due: Due[] = [];

  constructor(start: Date) {
    this.shown = start.getTime();
  }

  now(): Date {
    return new Date(this.shown);
  }

  readonly later: Later = (act, ms) => {
    const one = { at: this.shown + Math.max(0, ms), act };
    // Behind those of the same moment.
    const after = this.due.findLastIndex(({ at }) => at <= one.at);
    this.due.splice(after + 1, 0, one);
    return () => {
      const place = this.due.indexOf(one);
      if (place >= 0) this.due.splice(place, 1);
    };
  };

  /** Lets time pass until nothing is to come any more. @returns whether it came to rest within so many events */
  async passes(mostEvents: number): Promise<boolean> {
    for (let events = 0; events < mostEvents; events++) {
      if (this.due.length === 0) await turns(LAST_TURNS);
      const next = this.due.shift();
      if (!next) return true;
      this.shown = next.at;
      next.act();
      await turns(TURNS);
    }
    return false;
  }
}

/** Lets so many turns of the event loop pass. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
