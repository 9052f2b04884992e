import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import { asOf, type Card, isKeptHere } from '../domain/cards/card.js';
import type { CardView } from '../domain/cards/requests.js';
import { findCard } from '../storage/cards.js';
import { lastDepartingOf } from '../storage/departures.js';
import { cardWritten } from './card-view.js';
import { keepCard } from './keep-card.js';
import type { Registrar, Trx } from './registrar.js';

/**
 * Has something become of a card that is kept here: its state, its history, the status for the levels above and the
 * entry in the log are one transaction.
 *
 * @param change - throws where it does not follow from how the card stands today
 * @throws Refusal NOT_FOUND, MOVE_UNDER_WAY while another municipality is taking it over
 */
export async function changeCard(
  registrar: Registrar,
  cardNumber: string,
  { what, change }: { what: string; change: (card: Card, trx: Trx) => Card | Promise<Card> },
  exchange: Exchange,
): Promise<CardView> {
  const view = await registrar.ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const card = await keptCard(trx, cardNumber);
    exchange.concerns.add(card.residentRecordCode);
    if ((await lastDepartingOf(trx, card.recordId))?.state === 'CLAIMED') throw new Refusal('MOVE_UNDER_WAY');
    const changed = await change(asOf(card, today(registrar.clock)), trx);
    const kept = await keepCard(registrar, trx, changed, exchange.operator);
    return cardWritten(registrar, trx, kept, exchange, `card/${what}`);
  });
  registrar.dispatch.wake();
  return view;
}

/** @throws Refusal NOT_FOUND */
export async function keptCard(ledger: Registrar['ledger'], cardNumber: string): Promise<Card> {
  const card = await findCard(ledger, cardNumber);
  if (!card || !isKeptHere(card))
    throw new Refusal('NOT_FOUND', { field: 'cardNumber', fault: 'is of no card that is kept here' });
  return card;
}
