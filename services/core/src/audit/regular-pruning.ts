import { faultOf, type Logger } from '../logger.js';
import { type PrunedOffice, pruneLog } from './prune-log.js';

const DAY_MS = 86_400_000;

interface Plan extends PrunedOffice {
  /** Calls something later; what it returns takes that back. */
  later: (act: () => void, ms: number) => () => void;
  logger: Logger;
}

/** The log loses by itself what need not be kept any more: when a node starts, and once a day from then on. */
export class RegularPruning {
  private readonly plan: Plan;
  private pruning: Promise<void> = Promise.resolve();
  private takeBack: (() => void) | undefined;
  private stopped = false;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  start(): void {
    this.pruning = this.prune();
  }

  /** Resolves once nothing is being pruned. */
  settled(): Promise<void> {
    return this.pruning;
  }

  /** Lets the transaction that is under way come to its end. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.takeBack?.();
    await this.pruning;
  }

  private async prune(): Promise<void> {
    const { logger, later } = this.plan;
    try {
      const entries = await pruneLog(this.plan, () => this.stopped);
      if (entries > 0) logger.info({ entries }, 'log entries that were kept for 7 years are pruned');
    } catch (error) {
      logger.error({ fault: faultOf(error) }, 'the log was not pruned');
    }
    if (!this.stopped) this.takeBack = later(() => this.start(), DAY_MS);
  }
}
