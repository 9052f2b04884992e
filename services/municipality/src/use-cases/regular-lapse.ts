import type { Fresh } from '#core/domain/exchange.js';
import { faultOf, type Logger } from '#core/logger.js';
import type { Later } from '#core/propagation/courier.js';
import { lapseCards } from './lapse-cards.js';
import type { Registrar } from './registrar.js';

const DAY_MS = 86_400_000;

interface Plan extends Registrar, Fresh {
  later: Later;
  logger: Logger;
}

/** Cards that have passed their last day are noted by themselves: when a node starts, and once a day from then on. */
export class RegularLapse {
  private readonly plan: Plan;
  private lapsing: Promise<void> = Promise.resolve();
  private takeBack: (() => void) | undefined;
  private stopped = false;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  start(): void {
    this.lapsing = this.lapse();
  }

  /** Resolves once nothing is being noted. */
  settled(): Promise<void> {
    return this.lapsing;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.takeBack?.();
    await this.lapsing;
  }

  private async lapse(): Promise<void> {
    const { logger, later } = this.plan;
    try {
      const cards = await lapseCards(this.plan);
      if (cards > 0) logger.info({ cards }, 'cards have passed their last day');
    } catch (error) {
      logger.error({ fault: faultOf(error) }, 'cards that have passed their last day were not noted');
    }
    if (!this.stopped) this.takeBack = later(() => this.start(), DAY_MS);
  }
}
