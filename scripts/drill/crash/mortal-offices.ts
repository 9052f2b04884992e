import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type OfficeId, roleOf } from '#core/domain/office.js';
import { OfficeProcesses } from '../office-processes.js';
import type { PreparedCountry } from '../prepared-country.js';
import type { Order, Said } from './orders.js';

const PRELOAD = pathToFileURL(resolve('scripts/dist/drill/crash/die-at.js')).href;
const PATIENCE_MS = 60_000;
const POLL_MS = 10;
/** Who queues something for whom: what has left one of them may wait at the next. */
const DOWNSTREAM = ['municipality', 'prefecture', 'national'];

/** Offices that die where they are told to. */
export class MortalOffices extends OfficeProcesses {
  private readonly order: OfficeId[];

  /** @param destination - of all moves: its notices are queued before the origin's */
  constructor(country: PreparedCountry, destination: OfficeId) {
    super(country, { preload: PRELOAD });
    const rank = (office: OfficeId) => DOWNSTREAM.indexOf(roleOf(office)) - (office === destination ? 0.5 : 0);
    this.order = this.offices.toSorted((a, b) => rank(a) - rank(b));
  }

  /** From here on it counts the points that it passes. */
  async count(office: OfficeId): Promise<void> {
    await this.say(office, { order: 'COUNT' });
  }

  /** It dies when it comes to this point, and leaves a file with every name of it. */
  async dieAt(office: OfficeId, at: string, lastWords: string): Promise<void> {
    await this.say(office, { order: 'DIE', at, lastWords });
  }

  /** @returns the points that it passed since, as far as it has not died meanwhile */
  async endCount(office: OfficeId): Promise<string[]> {
    return (await this.say(office, { order: 'END' }))?.passed ?? [];
  }

  /** Starts whoever has died, and waits until nothing waits in any queue. @returns whether that came to be */
  async comesToRest(): Promise<boolean> {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      if (!this.areAllUp) await this.startAll();
      if (await this.areQueuesEmpty()) return true;
      await wait(POLL_MS);
    }
    return false;
  }

  private async areQueuesEmpty(): Promise<boolean> {
    for (const office of this.order)
      if ((await this.say(office, { order: 'SAY_WHAT_WAITS' }))?.waiting !== 0) return false;
    return this.areAllUp;
  }

  /** Undefined where it is not up, or dies before it answers. */
  private async say(office: OfficeId, order: Order): Promise<Said | undefined> {
    const process = this.processOf(office);
    if (!process?.connected) return undefined;
    const over = new AbortController();
    const answer = once(process, 'message', { signal: over.signal }).then(([said]) => said as Said);
    const end = once(process, 'exit', { signal: over.signal }).then(() => undefined);
    process.send(order, () => {});
    try {
      return await Promise.race([answer, end]);
    } finally {
      for (const one of [answer, end]) one.catch(() => {});
      over.abort();
    }
  }
}
