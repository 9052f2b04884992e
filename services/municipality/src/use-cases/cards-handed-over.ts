import { asOf, type Card, isKeptHere, isValid } from '../domain/cards/card.js';
import type { Claim } from '../domain/moves/claim.js';
import { cardsOf } from '../storage/cards.js';
import type { Trx } from './registrar.js';

/**
 * The cards of somebody who moves that go with them, the same whenever it is asked: those that were good on the day of the
 * first move-in. Others stay here, whether it was noted by then that they are good no more or not.
 */
export async function cardsHandedOver(trx: Trx, recordId: string, { notifiedOn }: Claim): Promise<Card[]> {
  const cards = await cardsOf(trx, [recordId]);
  return cards.filter((card) => isKeptHere(card) && isValid(asOf(card, notifiedOn)));
}
