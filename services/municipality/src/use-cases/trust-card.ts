import type { Kysely } from 'kysely';
import { isAnswerOf } from '#core/cards/is-answer-of.js';
import type { CardState } from '#core/domain/card-status.js';
import { type Clock, today } from '#core/domain/clock.js';
import type { Exchange, Fresh } from '#core/domain/exchange.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import { codeOf, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { Refusal, refusalOf } from '#core/domain/refusal.js';
import type { Network } from '#core/network.js';
import type { CardReader, ShownCard } from '../devices/card-reader.js';
import { asOf, type Card, isKeptHere } from '../domain/cards/card.js';
import type { CardProof } from '../domain/counter/identity-proof.js';
import type { CheckCardAtCentre } from '../peers/check-card.js';
import { findCard, noteAnswersHere } from '../storage/cards.js';
import { currentCode } from '../storage/codes.js';
import type { MunicipalityTables } from '../storage/tables.js';

/** A counter, or a terminal, with a card reader. */
export interface CardDesk extends Pick<Fresh, 'randomBytes'> {
  office: OfficeId;
  network: Network;
  ledger: Kysely<MunicipalityTables>;
  clock: Clock;
  cardReader: CardReader;
  checkCard: CheckCardAtCentre;
}

/** Whose card it is. It is good today, nation-wide. */
export interface TrustedCard {
  cardNumber: string;
  name: string;
  residentRecordCode: string;
  /** Which keeps it. */
  municipality: LocalGovernmentCode;
}

/**
 * Trusts a card: the PIN opens it, the chip answers, and it is good. Of a card that is kept here this register says so;
 * of others the national centre, which also sees whether there are two of a chip.
 *
 * @throws Refusal PIN_FAILED, CARD_INVALID, CARD_COPIED, CARD_NOT_CONFIRMED where the centre does not answer for a card
 * that another municipality keeps
 */
export async function trustCard(desk: CardDesk, proof: CardProof, exchange: Exchange): Promise<TrustedCard> {
  const { ledger, clock, office, randomBytes, cardReader } = desk;
  const challenge = randomBytes(16).toString('hex');
  const shown = cardReader.read(proof, { today: today(clock), reader: office, challenge });
  exchange.concerns.add(shown.residentRecordCode);
  const { cardNumber } = proof;
  const { name, residentRecordCode } = shown;
  const card = await findCard(ledger, cardNumber);
  const municipality =
    card && isKeptHere(card) ? await trustOwn(desk, card, shown, exchange) : await trustOther(desk, shown, exchange);
  return { cardNumber, name, residentRecordCode, municipality };
}

/** What is done here is in no other ledger yet: the centre only counts the answers, as long as it is there. */
async function trustOwn(
  desk: CardDesk,
  card: Card,
  shown: ShownCard,
  exchange: Exchange,
): Promise<LocalGovernmentCode> {
  const { office, ledger, clock, network } = desk;
  const { answer } = shown;
  if (!isAnswerOf(card, answer, office)) throw new Refusal('CARD_INVALID');
  checkState(asOf(card, today(clock)).state);
  if ((await currentCode(ledger, card.residentRecordCode)) !== card.residentRecordCode)
    throw new Refusal('CARD_INVALID');
  if (!(await noteAnswersHere(ledger, card.cardNumber, answer.count))) throw new Refusal('CARD_COPIED');
  if (network.participates(office)) await askCentre(desk, shown, exchange).catch(unlessCopied);
  return codeOf(office);
}

async function trustOther(desk: CardDesk, shown: ShownCard, exchange: Exchange): Promise<LocalGovernmentCode> {
  if (!desk.network.participates(desk.office)) throw new Refusal('CARD_NOT_CONFIRMED');
  const { state, municipality } = await askCentre(desk, shown, exchange).catch((error: unknown) => {
    throw saysNothing(error) ? new Refusal('CARD_NOT_CONFIRMED', { cause: error }) : error;
  });
  checkState(state);
  return municipality;
}

function askCentre({ checkCard }: CardDesk, { answer, residentRecordCode }: ShownCard, exchange: Exchange) {
  return checkCard(answer, residentRecordCode, exchange);
}

/** Of a card that is kept here the centre may not have heard yet. */
function unlessCopied(error: unknown): void {
  if (!saysNothing(error) && refusalOf(error).reason !== 'CARD_INVALID') throw error;
}

/** Whether the centre has said nothing of the card: what fails in this office itself is no such thing. */
function saysNothing(error: unknown): boolean {
  const { reason, details } = refusalOf(error);
  if (reason === 'CARD_INVALID' || reason === 'CARD_COPIED') return false;
  return reason === 'CUT_OFF' || details.office === NATIONAL_CENTRE;
}

function checkState(state: CardState): void {
  if (state !== 'ACTIVE') throw new Refusal('CARD_INVALID', { fault: `is ${state}` });
}
