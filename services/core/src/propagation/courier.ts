import { type Reason, refusalOf } from '../domain/refusal.js';
import { faultOf, type Logger } from '../logger.js';

/** Waits before it tries again: twice as long each time, up to a minute, and never in step with other offices. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 60_000;

/** Calls something later; what it returns takes that back. */
export type Later = (act: () => void, ms: number) => () => void;

interface Round {
  /** Sends the next piece of what waits, and takes it out of the queue once it is answered. */
  send(): Promise<'MORE' | 'EMPTY'>;
  later: Later;
  /** From 0 to 1. */
  random: () => number;
  logger: Logger;
}

/**
 * Brings what is queued to another office, piece by piece and in order. One piece is under way at a time, and only that
 * is in memory. Where the other office does not answer it waits, and begins again with the same piece.
 */
export class Courier {
  private readonly round: Round;
  private walking: Promise<void> | undefined;
  private takeBack: (() => void) | undefined;
  private failures = 0;
  private stopped = false;
  /** Why the last try failed; undefined after one that did not. */
  lastFailure: Reason | undefined;
  /** Whether something was queued since the last piece was read. */
  private woken = false;

  constructor(round: Round) {
    this.round = round;
  }

  /** Something was queued. A courier that waits for its next try goes on waiting: a busy counter is no reason to hurry. */
  wake(): void {
    if (!this.stopped && !this.takeBack) void this.drain().catch(() => {});
  }

  /** Sends all that waits, at once. Rejects where the other office does not answer; the courier then tries again by itself. */
  drain(): Promise<void> {
    this.takeBack?.();
    this.takeBack = undefined;
    this.woken = true;
    this.walking ??= this.walk();
    return this.walking;
  }

  /** Lets what is under way come to its end, and sends nothing more. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.takeBack?.();
    await this.walking?.catch(() => {});
  }

  private async walk(): Promise<void> {
    // Past this line the field is set, however soon the walk ends.
    await Promise.resolve();
    try {
      while (this.woken && !this.stopped) await this.sendAll();
      this.failures = 0;
      this.lastFailure = undefined;
    } catch (error) {
      this.tryLater(error);
      throw error;
    } finally {
      // In one turn with the last look at `woken`, so that nobody wakes a courier that has just stopped looking.
      this.walking = undefined;
    }
  }

  private async sendAll(): Promise<void> {
    this.woken = false;
    while (!this.stopped && (await this.round.send()) === 'MORE');
  }

  private tryLater(error: unknown): void {
    const { later, random, logger } = this.round;
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures);
    const wait = Math.round(longest * (0.5 + random() / 2));
    this.failures += 1;
    this.lastFailure = refusalOf(error).reason;
    logger.warn({ reason: this.lastFailure, fault: faultOf(error), wait }, 'not delivered');
    if (!this.stopped) this.takeBack = later(() => void this.drain().catch(() => {}), wait);
  }
}
