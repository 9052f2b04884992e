import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { lapsing } from '../domain/cards/card.js';
import type { CardView } from '../domain/cards/requests.js';
import type { CardProof } from '../domain/counter/identity-proof.js';
import { changeCard, keptCard } from './change-card.js';
import type { Registrar } from './registrar.js';
import { type CardDesk, trustCard } from './trust-card.js';

/**
 * Takes over the card of somebody who moved in with the special move-in, but handed it over later: within 90 days of the
 * first move-in, and not after having moved on (Order 30-20).
 *
 * @throws Refusal NOT_FOUND where it did not come here with its holder, CARD_INVALID after those days, or as `trustCard`
 */
export async function continueCard(
  counter: Registrar & CardDesk,
  card: Omit<CardProof, 'kind'>,
  exchange: Exchange,
): Promise<CardView> {
  exchange.purpose = 'CARD_CONTINUATION';
  await keptCard(counter.ledger, card.cardNumber);
  await trustCard(counter, { kind: 'CARD', ...card }, exchange);
  return changeCard(counter, card.cardNumber, { what: 'CONTINUATION', change: goesOn }, exchange);
}

function goesOn(card: Parameters<typeof lapsing>[0]) {
  // Of somebody who has moved out from here it is not this municipality's to say.
  if (card.lapsesBy === 'SPECIAL_MOVE_MISSED') throw new Refusal('CARD_STATE_CONTRADICTED');
  return lapsing(card, null);
}
