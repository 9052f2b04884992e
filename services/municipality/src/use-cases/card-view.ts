import type { Exchange } from '#core/domain/exchange.js';
import type { Card } from '../domain/cards/card.js';
import type { CardView } from '../domain/cards/requests.js';
import { eventsOf } from '../storage/cards.js';
import { logWith } from './log-with.js';
import type { Registrar, Trx } from './registrar.js';

/**
 * The card as operators see it, once it is in the log what was done, and whom it concerns; in the caller's transaction,
 * who has the status sent when that is done.
 */
export async function cardWritten(
  registrar: Registrar,
  trx: Trx,
  card: Card,
  exchange: Exchange,
  what: string,
): Promise<CardView> {
  exchange.concerns.add(card.residentRecordCode);
  await logWith(registrar, trx, exchange, what);
  return cardView(trx, card);
}

/** Without what it takes to open the chip. */
export async function cardView(ledger: Registrar['ledger'], card: Card): Promise<CardView> {
  const { cardNumber, kind, residentRecordCode, issuedOn, expiresOn } = card;
  const { state, invalidBy, lapsesAfter, movedTo } = card;
  return {
    ...{ cardNumber, kind, residentRecordCode, issuedOn, expiresOn, state, invalidBy, lapsesAfter, movedTo },
    events: await eventsOf(ledger, cardNumber),
  };
}
