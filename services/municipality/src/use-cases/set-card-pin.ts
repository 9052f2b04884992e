import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { asOf } from '../domain/cards/card.js';
import type { CardUnlocking, PinChange, VerifiedCard } from '../domain/cards/requests.js';
import type { CardProof } from '../domain/counter/identity-proof.js';
import { recordsWithIds } from '../storage/resident-register.js';
import { keptCard } from './change-card.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import type { Registrar } from './registrar.js';
import { type CardDesk, trustCard } from './trust-card.js';

/** Confirms a card by its PIN, and tells whose it is. @throws Refusal as `trustCard` */
export async function verifyCard(
  desk: CardDesk,
  card: Omit<CardProof, 'kind'>,
  exchange: Exchange,
): Promise<VerifiedCard> {
  exchange.purpose = 'CARD_VERIFICATION';
  const { name, residentRecordCode, municipality } = await trustCard(desk, { kind: 'CARD', ...card }, exchange);
  return { name, residentRecordCode, municipality };
}

/** Sets another PIN, for whoever knows the present one. @throws Refusal as `trustCard` */
export async function changeCardPin(desk: CardDesk, { card, newPin }: PinChange, exchange: Exchange): Promise<void> {
  exchange.purpose = 'CARD_PIN_CHANGE';
  const proof = { kind: 'CARD' as const, ...card };
  await trustCard(desk, proof, exchange);
  desk.cardReader.changePin(proof, newPin, today(desk.clock));
}

/**
 * Unlocks a card that is kept here, and sets another PIN. Only for the holder, or whom they have sent.
 *
 * @throws Refusal ID_NOT_ACCEPTED and its like, NOT_FOUND, NOTIFIER_NOT_ENTITLED, CARD_STATE_CONTRADICTED, CARD_INVALID
 * where its chip can not be read
 */
export async function unlockCard(
  desk: Registrar & CardDesk,
  { notifier, cardNumber, newPin }: CardUnlocking,
  exchange: Exchange,
): Promise<void> {
  exchange.purpose = 'CARD_UNLOCKING';
  const { ledger, clock, cardReader } = desk;
  const card = asOf(await keptCard(ledger, cardNumber), today(clock));
  exchange.concerns.add(card.residentRecordCode);
  const identified = await identifyNotifier(desk, notifier, exchange);
  const holders = await recordsWithIds(ledger, [card.recordId]);
  await ledger.transaction().execute((trx) => standingAtCounter(trx, identified, holders, []));
  if (card.state !== 'ACTIVE') throw new Refusal('CARD_STATE_CONTRADICTED', { fault: `is ${card.state}` });
  cardReader.unlock(cardNumber, card.managementKey, newPin);
}
