import { type Fresh, newNonce } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { faultOf, type Logger } from '../logger.js';
import type { Later } from '../propagation/courier.js';
import type { AuditLog } from './audit-log.js';

const MINUTE_MS = 60_000;
/** Who writes the counts down. */
const BY_ITSELF = 'rate-limit';

interface Desk extends Fresh {
  office: OfficeId;
  audit: Pick<AuditLog, 'append'>;
  logger: Logger;
  later: Later;
}

/**
 * Refusals as RATE_LIMITED, which would fill the disk of an office that wrote each of them down. The rule: a caller's
 * first is logged like every refusal; those of the minute after it are counted, and the count is one entry; and so on
 * every minute until one has passed without any. None of them tells anything of anybody. A node that dies loses the
 * count of its last minute.
 *
 * Callers are named by certificates, and whoever has none is one caller, '': the memory is bounded by the network.
 */
export class KnockCounter {
  private readonly desk: Desk;
  private readonly again = new Map<string, number>();
  private takeBack: (() => void) | undefined;
  private writing: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** Notes a refusal. @returns whether it is to be logged by itself */
  isFirst(caller: string): boolean {
    const count = this.again.get(caller);
    this.again.set(caller, count === undefined ? 0 : count + 1);
    this.wait();
    return count === undefined;
  }

  /** Writes down what is counted. Nothing may be refused from then on. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.takeBack?.();
    for (const [caller, count] of this.again) if (count > 0) this.write(caller, count);
    await this.writing;
  }

  private endMinute(): void {
    this.takeBack = undefined;
    for (const [caller, count] of [...this.again]) {
      if (count === 0) this.again.delete(caller);
      else this.write(caller, count);
    }
    if (this.again.size > 0) this.wait();
  }

  private wait(): void {
    if (!this.stopped) this.takeBack ??= this.desk.later(() => this.endMinute(), MINUTE_MS);
  }

  private write(caller: string, count: number): void {
    this.again.set(caller, 0);
    this.writing = this.writing
      .then(() => this.append(caller, count))
      .catch((error) => this.keep(caller, count, error));
  }

  private async append(caller: string, count: number): Promise<void> {
    const { office, audit, newId, logger } = this.desk;
    await audit.append({
      ...{ event: 'RECORDED', procedure: 'refused/RATE_LIMITED', exchange: newId(), nonce: newNonce(this.desk) },
      ...{ caller, answering: office, operator: BY_ITSELF, purpose: `REFUSED_AGAIN ${count}` },
      ...{ outcome: 'RATE_LIMITED', request: null, answer: null, concerns: [] },
    });
    logger.warn({ caller, again: count, reason: 'RATE_LIMITED' }, 'refused again and again');
  }

  /** Counted on with those of the next minute. */
  private keep(caller: string, count: number, error: unknown): void {
    this.again.set(caller, (this.again.get(caller) ?? 0) + count);
    this.wait();
    this.desk.logger.error({ fault: faultOf(error) }, 'a count of refusals could not be logged');
  }
}
