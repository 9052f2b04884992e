import type { Clock } from '../domain/clock.js';
import type { Exchange } from '../domain/exchange.js';
import { MANDATE_MS, type Mandate, mandateBytes, mandateFor } from '../domain/mandate.js';
import { Refusal } from '../domain/refusal.js';
import { SeenOnce } from '../domain/seen-once.js';
import type { Statements } from '../trust/statements.js';

interface Desk {
  clock: Clock;
  statements: Statements;
}

/**
 * Holds questions about people against the card of the operator on whose behalf another office asks: it signed for this
 * office, operator and purpose, a moment ago, and for one question alone.
 */
export class MandateCheck {
  private readonly desk: Desk;
  private readonly startedAt: Date;
  private readonly seen: SeenOnce;

  constructor(desk: Desk) {
    this.desk = desk;
    this.startedAt = desk.clock.now();
    this.seen = new SeenOnce(2 * MANDATE_MS, this.startedAt);
  }

  /** @throws Refusal MANDATE_NOT_VALID, REPLAYED */
  async check(procedure: string, exchange: Exchange): Promise<void> {
    const { caller, mandate } = exchange;
    const serves = mandateFor(procedure);
    if (!serves || caller.kind !== 'office') return;
    if (!mandate) throw notValid('is missing');
    if (!(await this.isSignedByCard(mandate, { ...exchange, office: caller.office })))
      throw notValid("is not signed by the operator's card");
    const now = this.desk.clock.now();
    if (Math.abs(now.getTime() - mandate.at) > MANDATE_MS) throw notValid('is too old, or lies in the future');
    if (serves === 'WHILE_IT_LASTS') return;
    // What served before this node started is remembered by nobody.
    if (mandate.at < this.startedAt.getTime()) throw notValid('is older than this node: sign another');
    if (!this.seen.isFirst(`${caller.office} ${mandate.once}`, now)) throw new Refusal('REPLAYED');
  }

  private async isSignedByCard(
    mandate: Mandate,
    { office, operator, purpose }: Pick<Exchange, 'operator' | 'purpose'> & { office: string },
  ): Promise<boolean> {
    const bytes = mandateBytes({ office, operator, purpose, at: new Date(mandate.at), once: mandate.once });
    const signer = await this.desk.statements.whoSigned(bytes, mandate);
    return signer?.kind === 'operator' && signer.office === office && signer.name === operator;
  }
}

function notValid(fault: string): Refusal {
  return new Refusal('MANDATE_NOT_VALID', { fault });
}
