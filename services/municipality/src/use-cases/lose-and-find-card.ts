import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { asOf, found, isKeptHere, isValid, suspended } from '../domain/cards/card.js';
import type { CardFind, CardLoss, CardView } from '../domain/cards/requests.js';
import type { IdentifiedNotifier } from '../domain/counter/notifier.js';
import { cardsOf } from '../storage/cards.js';
import { activeRecord, householdOf, recordsWithIds } from '../storage/resident-register.js';
import { changeCard, keptCard } from './change-card.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import type { Registrar, Trx } from './registrar.js';
import type { CardDesk } from './trust-card.js';

type Counter = Registrar & CardDesk;

/**
 * Suspends the card of somebody who has lost it (Order 30-19). Members of the household may report it too.
 *
 * @throws Refusal ID_NOT_ACCEPTED and its like, NOT_FOUND, RECORD_DELETED, NOTIFIER_NOT_ENTITLED, CARD_REQUIRED where
 * there is no card, CARD_STATE_CONTRADICTED where it is lost already
 */
export async function reportCardLoss(
  counter: Counter,
  { notifier, residentRecordCode }: CardLoss,
  exchange: Exchange,
): Promise<CardView> {
  exchange.purpose = 'CARD_LOSS';
  exchange.concerns.add(residentRecordCode);
  const identified = await identifyNotifier(counter, notifier, exchange);
  const { recordId } = await activeRecord(counter.ledger, residentRecordCode);
  const day = today(counter.clock);
  const held = (await cardsOf(counter.ledger, [recordId])).find((card) => isKeptHere(card) && isValid(asOf(card, day)));
  if (!held) throw new Refusal('CARD_REQUIRED');
  return changeCard(
    counter,
    held.cardNumber,
    {
      what: 'LOSS',
      async change(card, trx) {
        await checkEntitled(trx, identified, card.recordId);
        return suspended(card);
      },
    },
    exchange,
  );
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
  const change = async (card: Parameters<typeof found>[0], trx: Trx) => {
    await checkEntitled(trx, identified, card.recordId);
    return found(card);
  };
  return changeCard(counter, cardNumber, { what: 'FOUND', change }, exchange);
}

/** The holder, a member of their household, or an agent. @throws Refusal NOTIFIER_NOT_ENTITLED */
export async function checkEntitled(trx: Trx, identified: IdentifiedNotifier, recordId: string): Promise<void> {
  const holders = await recordsWithIds(trx, [recordId]);
  const [holder] = holders;
  const household = holder ? (await householdOf(trx, holder)).members : [];
  await standingAtCounter(trx, identified, holders, household);
}
