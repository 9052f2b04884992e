import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { asOf, type Card, found, isKeptHere, isValid, suspended } from '../domain/cards/card.js';
import type { CardFind, CardLoss, CardView } from '../domain/cards/requests.js';
import type { IdentifiedNotifier } from '../domain/counter/notifier.js';
import { cardsOf } from '../storage/cards.js';
import { householdOf, recordsWithIds } from '../storage/resident-register.js';
import { changeCard, keptCard } from './change-card.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import { recordsUnder } from './reading.js';
import type { Registrar, Trx } from './registrar.js';
import type { CardDesk } from './trust-card.js';

type Counter = Registrar & CardDesk;

/**
 * Suspends the card of somebody who has lost it (Order 30-19), of whoever has moved out and not moved in yet too. Members of
 * the household may report it.
 *
 * @throws Refusal ID_NOT_ACCEPTED and its like, NOTIFIER_NOT_ENTITLED, NOT_FOUND where nobody has the code, or there is no
 * card that is good, CARD_STATE_CONTRADICTED where it is lost already, or as `changeCard`
 */
export async function reportCardLoss(
  counter: Counter,
  { notifier, residentRecordCode }: CardLoss,
  exchange: Exchange,
): Promise<CardView> {
  exchange.purpose = 'CARD_LOSS';
  exchange.concerns.add(residentRecordCode);
  const identified = await identifyNotifier(counter, notifier, exchange);
  const records = await recordsUnder(counter.ledger, residentRecordCode);
  const recordIds = records.map(({ recordId }) => recordId);
  const check = (trx: Trx) => checkEntitled(trx, identified, recordIds);
  // Whether somebody has a card is told to nobody else.
  await counter.ledger.transaction().execute(check);
  const { cardNumber } = await heldCard(counter, recordIds);
  const change = async (card: Card, trx: Trx) => {
    await check(trx);
    return suspended(card);
  };
  return changeCard(counter, cardNumber, { what: 'LOSS', change }, exchange);
}

/** @throws Refusal NOT_FOUND */
async function heldCard({ ledger, clock }: Counter, recordIds: string[]): Promise<Card> {
  const day = today(clock);
  const held = (await cardsOf(ledger, recordIds)).find((card) => isKeptHere(card) && isValid(asOf(card, day)));
  if (!held) throw new Refusal('NOT_FOUND', { field: 'residentRecordCode', fault: 'has no card that is good' });
  return held;
}

/**
 * A card that was lost is found, and is good again (Order 30-19).
 *
 * @throws Refusal ID_NOT_ACCEPTED and its like, NOT_FOUND, NOTIFIER_NOT_ENTITLED, CARD_STATE_CONTRADICTED
 */
export async function reportCardFound(
  counter: Counter,
  { notifier, cardNumber }: CardFind,
  exchange: Exchange,
): Promise<CardView> {
  exchange.purpose = 'CARD_FOUND';
  exchange.concerns.add((await keptCard(counter.ledger, cardNumber)).residentRecordCode);
  const identified = await identifyNotifier(counter, notifier, exchange);
  const change = async (card: Card, trx: Trx) => {
    await checkEntitled(trx, identified, [card.recordId]);
    return found(card);
  };
  return changeCard(counter, cardNumber, { what: 'FOUND', change }, exchange);
}

/** The holder, a member of their household, or an agent. @throws Refusal NOTIFIER_NOT_ENTITLED */
async function checkEntitled(trx: Trx, identified: IdentifiedNotifier, recordIds: string[]): Promise<void> {
  const holders = await recordsWithIds(trx, recordIds);
  const newest = holders.toSorted((a, b) => b.changeVersion - a.changeVersion)[0];
  const household = newest ? (await householdOf(trx, newest)).members : [];
  await standingAtCounter(trx, identified, holders, household);
}
