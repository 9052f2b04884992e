import { today } from '#core/domain/clock.js';
import { asOf, invalidated, isKeptHere, isValid, lapsing } from '../domain/cards/card.js';
import type { CardConsequence } from '../domain/register/decision.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { cardsOf } from '../storage/cards.js';
import { keepCard } from './keep-card.js';
import type { Registrar, Trx } from './registrar.js';

/** What an act does to the cards of the people whom it changes: in its own transaction (Order 30-20). */
export async function settleCards(
  registrar: Registrar,
  trx: Trx,
  changed: ResidentRecord[],
  consequence: CardConsequence,
): Promise<void> {
  const cards = await cardsOf(
    trx,
    changed.map(({ recordId }) => recordId),
  );
  const day = today(registrar.clock);
  // What has passed its last day is not good again by what happens later, whether anybody has noted it or not.
  for (const card of cards.filter((one) => isKeptHere(one) && isValid(asOf(one, day)))) {
    if ('invalidBy' in consequence) await keepCard(registrar, trx, invalidated(card, consequence.invalidBy), null);
    // Whoever moves on before the card was handed over can not take it further.
    else if (consequence.lapse && card.lapsesBy === 'NOT_CONTINUED')
      await keepCard(registrar, trx, invalidated(card, 'MOVED_ON'), null);
    else await keepCard(registrar, trx, lapsing(card, consequence.lapse), null);
  }
}
