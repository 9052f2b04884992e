import type { Logger } from '../logger.js';
import { Courier, type Later } from './courier.js';

interface Plan {
  /** Checks, and repairs. Rejects where a level above does not answer. */
  check: () => Promise<unknown>;
  /** How long after one check the next one is, in milliseconds, give or take a half. */
  everyMs: number;
  later: Later;
  /** From 0 to 1. */
  random: () => number;
  logger: Logger;
}

/**
 * A consistency check that comes by itself: when a node starts, since it may have been cut off, restored or outside the
 * network, and from then on again and again. Where a level above does not answer, it is tried again as deliveries are.
 */
export class RegularCheck {
  private readonly plan: Plan;
  private readonly courier: Courier;
  private takeBack: (() => void) | undefined;
  private due = false;
  private stopped = false;

  constructor(plan: Plan) {
    this.plan = plan;
    this.courier = new Courier({ ...plan, send: () => this.checkOnce() });
  }

  start(): void {
    this.takeBack?.();
    this.due = true;
    this.courier.wake();
  }

  /** Resolves once no check is due: it has come to its end, or was tried again and had no answer. */
  async settled(): Promise<void> {
    if (this.due) await this.courier.drain().catch(() => {});
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.takeBack?.();
    await this.courier.stop();
  }

  private async checkOnce(): Promise<'EMPTY'> {
    const { check, everyMs, later, random, logger } = this.plan;
    await check();
    this.due = false;
    logger.debug('the ledgers above were checked');
    // Offices that start together do not check together for ever.
    if (!this.stopped) this.takeBack = later(() => this.start(), everyMs * (0.5 + random()));
    return 'EMPTY';
  }
}
