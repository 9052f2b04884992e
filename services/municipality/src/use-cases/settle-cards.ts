import { today } from '#core/domain/clock.js';
import { asOf, type Card, invalidated, isKeptHere, isValid, lapsing } from '../domain/cards/card.js';
import type { CardConsequence } from '../domain/register/decision.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { cardsOf, cardsOfPeople } from '../storage/cards.js';
import { keepCard } from './keep-card.js';
import type { Registrar, Trx } from './registrar.js';

/**
 * What an act does to the cards of the people whom it changes: in its own transaction (Order 30-20). A card that has
 * passed its last day by now is noted as that: what comes after neither ends it nor brings it back.
 */
export async function settleCards(
  registrar: Registrar,
  trx: Trx,
  changed: ResidentRecord[],
  consequence: CardConsequence,
): Promise<void> {
  const day = today(registrar.clock);
  const recordIds = changed.map(({ recordId }) => recordId);
  const codes = changed.map(({ residentRecordCode }) => residentRecordCode);
  const cards = await ('lapse' in consequence ? cardsOf(trx, recordIds) : cardsOfPeople(trx, { recordIds, codes }));
  for (const card of cards.filter((one) => isKeptHere(one) && isValid(one))) {
    const standing = asOf(card, day);
    await keepCard(registrar, trx, isValid(standing) ? settled(card, consequence) : standing, null);
  }
}

function settled(card: Card, consequence: CardConsequence): Card {
  if ('invalidBy' in consequence) return invalidated(card, consequence.invalidBy);
  // Whoever moves on before the card was handed over can not take it further.
  if (consequence.lapse && card.lapsesBy === 'NOT_CONTINUED') return invalidated(card, 'MOVED_ON');
  return lapsing(card, consequence.lapse);
}
