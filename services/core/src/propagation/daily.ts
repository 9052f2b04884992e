import { faultOf, type Logger } from '../logger.js';
import type { Later } from './courier.js';

const DAY_MS = 86_400_000;

interface Plan {
  later: Later;
  logger: Logger;
}

/** What is done by itself, and told in a log line where it fails. */
interface Task {
  /** @param isStopping - whether it should come to an end early */
  act: (isStopping: () => boolean) => Promise<void>;
  /** The words for a failure. */
  failure: string;
}

/** Does something when a node starts, and once a day from then on. */
export class Daily {
  private readonly plan: Plan;
  private readonly task: Task;
  private acting: Promise<void> = Promise.resolve();
  private takeBack: (() => void) | undefined;
  private stopped = false;

  constructor(plan: Plan, task: Task) {
    this.plan = plan;
    this.task = task;
  }

  start(): void {
    this.acting = this.act();
  }

  /** Resolves once nothing is being done. */
  settled(): Promise<void> {
    return this.acting;
  }

  /** Lets the transaction that is under way come to its end. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.takeBack?.();
    await this.acting;
  }

  private async act(): Promise<void> {
    const { logger, later } = this.plan;
    try {
      await this.task.act(() => this.stopped);
    } catch (error) {
      logger.error({ fault: faultOf(error) }, this.task.failure);
    }
    if (!this.stopped) this.takeBack = later(() => this.start(), DAY_MS);
  }
}
