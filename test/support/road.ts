import { Refusal } from '#core/domain/refusal.js';
import { createLogger } from '#core/logger.js';
import { Courier } from '#core/propagation/courier.js';

type Sent = 'MORE' | 'EMPTY';

/** Something that is to happen later, unless it is taken back before. */
interface Timer {
  act: () => void;
  ms: number;
  isWaiting: boolean;
}

/** A queue of pieces, an office that they go to, and everything that a courier was seen to do. */
export class Road {
  queue: string[] = [];
  /** What the other office has taken, in the order in which it came. */
  readonly arrived: string[] = [];
  readonly timers: Timer[] = [];
  readonly logged: Record<string, unknown>[] = [];
  random = 0;
  isOpen = true;
  underWay = 0;
  mostUnderWay = 0;
  sends = 0;
  /** Happens once the courier has looked into the queue, before it knows what was in it. */
  meanwhile: (piece: string | undefined) => void = () => {};
  readonly courier = new Courier({
    send: () => this.send(),
    later: (act, ms) => {
      const timer = { act, ms, isWaiting: true };
      this.timers.push(timer);
      return () => {
        timer.isWaiting = false;
      };
    },
    random: () => this.random,
    logger: createLogger('municipality/131059', 'warn', { write: (line) => void this.logged.push(JSON.parse(line)) }),
  });

  /** Those that will go off. */
  get waiting(): Timer[] {
    return this.timers.filter(({ isWaiting }) => isWaiting);
  }

  /** Lets every timer go off that waits, and what it begins come to its end. */
  async afterTheWait(): Promise<void> {
    for (const timer of this.waiting) {
      timer.isWaiting = false;
      timer.act();
    }
    await settled();
  }

  put(...pieces: string[]): void {
    this.queue.push(...pieces);
    this.courier.wake();
  }

  private async send(): Promise<Sent> {
    this.sends += 1;
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      return await this.oneAnswer();
    } finally {
      this.underWay -= 1;
    }
  }

  /** As `sendChanges` does it: what is in the queue is read first, delivered, and taken out when it is answered. */
  private async oneAnswer(): Promise<Sent> {
    await turns(1);
    const [piece] = this.queue;
    this.meanwhile(piece);
    await turns(3);
    if (piece === undefined) return 'EMPTY';
    if (!this.isOpen) throw new Refusal('OFFICE_UNAVAILABLE', { office: 'prefecture/130001' });
    this.arrived.push(piece);
    await turns(2);
    this.queue.shift();
    return 'MORE';
  }
}

/** Turns of promises, of which a walk has several between its steps. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await Promise.resolve();
}

/** Nothing here waits for anything but promises; an event loop turn comes after all of them. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
