import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { CardAnswer } from '#core/domain/card-answer.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import { type Reason, Refusal } from '#core/domain/refusal.js';
import { CardCount, CardSignature } from '#core/wire/card-answer-fields.js';
import { type Card, isKeptHere, wasActiveOn } from '../cards/card.js';
import type { CertifiedPerson } from '../certificates/move-out-certificate.js';
import { CardNumber, Code, Codes, Day } from '../fields.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { firstDayOfFirstMoveIn, lastDayOfFirstMoveIn } from './deadlines.js';
import type { Departing, Departure } from './departure.js';

/** The purposes that the procedures between origin and destination have, and no others. */
export const SPECIAL_MOVE_IN = 'SPECIAL_MOVE_IN';
export const MOVE_IN_NOTICE = 'MOVE_IN_NOTICE';
export const CLAIM_RELEASE = 'CLAIM_RELEASE';

/** What a destination tells the origin of a first move-in, and asks for. */
export const Claim = z.strictObject({
  claimId: z.uuid('is not a UUID'),
  cardNumber: CardNumber,
  residentRecordCode: Code.meta({ description: 'The one on the card' }),
  movedInOn: Day,
  notifiedOn: Day.meta({ description: 'When the first move-in was notified' }),
});
export type Claim = z.infer<typeof Claim>;

/** A claim as it is asked, each time with another answer of the chip: whoever has not the card in the reader has none. */
export const AskedClaim = z.strictObject({
  ...Claim.shape,
  cardCount: CardCount,
  cardSignature: CardSignature,
});
export type AskedClaim = z.infer<typeof AskedClaim>;

/** What the chip is asked for a claim: its answer serves this one alone. 32 hex digits. */
export function claimChallenge(claimId: string): string {
  return createHash('sha256').update(`juki-claim/1 ${claimId}`).digest('hex').slice(0, 32);
}

/** A claim, and what the chip answered to it. */
export function partsOf({ cardCount, cardSignature, ...claim }: AskedClaim): { claim: Claim; answer: CardAnswer } {
  const { claimId, cardNumber } = claim;
  const challenge = claimChallenge(claimId);
  return { claim, answer: { cardNumber, challenge, count: cardCount, signature: cardSignature } };
}

export const ClaimId = z.strictObject({ claimId: z.uuid('is not a UUID') });

/** 転入通知, Article 9(1). */
export const MoveInNotice = z.strictObject({
  claimId: z.uuid('is not a UUID'),
  movedInOn: Day,
  residentRecordCodes: Codes,
});
export type MoveInNotice = z.infer<typeof MoveInNotice>;

/** How a claim stands at the origin; a refused one has its reason, and keeps it. */
export type ClaimOutcome = 'GRANTED' | 'RELEASED' | 'CLOSED' | Reason;

/** A card that its holder takes along, with what it takes to keep it. */
export type MovingCard = Pick<
  Card,
  'cardNumber' | 'kind' | 'state' | 'issuedOn' | 'expiresOn' | 'publicKey' | 'managementKey' | 'version'
>;

/** Somebody of whom the origin certifies, with their cards. */
export interface MovingOut extends CertifiedPerson {
  cards: MovingCard[];
}

/** 転出証明書情報: what the origin hands over upon a claim. */
export interface CertificateInformation {
  destination: string;
  plannedOn: CalendarDate;
  people: MovingOut[];
}

/** What the origin has to know before it grants a claim. */
export interface ClaimFacts {
  /** The holder's records here, active and deleted. */
  holders: ResidentRecord[];
  departure: Departure | undefined;
  /** The holder's own part in the departure. */
  departing: Departing | undefined;
  card: Card | undefined;
}

/**
 * Whether a first move-in can go on with the card (Article 24-2): a move-out with a card was notified before it, nobody
 * else has come for these people, it is in time, and the card is theirs and good. What was notified when, is the destination's to
 * say: so the answer is the same whenever the question arrives (DEADLINE).
 *
 * @returns the departure that is claimed
 * @throws Refusal NOT_FOUND, MOVE_OUT_NOT_NOTIFIED, MOVE_UNDER_WAY, MOVE_SETTLED, CERTIFICATE_ISSUED,
 * SPECIAL_MOVE_TOO_LATE, CARD_INVALID
 */
export function checkClaim({ movedInOn, notifiedOn, residentRecordCode }: Claim, facts: ClaimFacts): Departure {
  const { holders, departure, departing, card } = facts;
  if (holders.length === 0) throw new Refusal('NOT_FOUND');
  if (!departure || !departing || departing.state === 'CANCELLED') throw new Refusal('MOVE_OUT_NOT_NOTIFIED');
  if (notifiedOn < firstDayOfFirstMoveIn(departure.notifiedAt)) throw new Refusal('MOVE_OUT_NOT_NOTIFIED');
  if (departing.state === 'CLAIMED') throw new Refusal('MOVE_UNDER_WAY');
  if (departing.state === 'MOVED_IN') throw new Refusal('MOVE_SETTLED');
  if (departing.state === 'PAPER') throw new Refusal('CERTIFICATE_ISSUED');
  if (notifiedOn > lastDayOfFirstMoveIn(departure.plannedOn, movedInOn)) throw new Refusal('SPECIAL_MOVE_TOO_LATE');
  const isTheirs = card && isKeptHere(card) && card.residentRecordCode === residentRecordCode;
  if (!isTheirs || !wasActiveOn(card, notifiedOn)) throw new Refusal('CARD_INVALID');
  return departure;
}

/** Who of a claim was entered, and who was not: their numbers are burned, and they can come again. */
export function afterNotice(departing: Departing, wasEntered: boolean, at: Date): Departing {
  if (wasEntered) return { ...departing, state: 'MOVED_IN', changedAt: at };
  return givenBack(departing, at);
}

/** What was handed over may be known elsewhere: nothing here ever uses its number again. */
export function givenBack(departing: Departing, at: Date): Departing {
  return { ...departing, state: 'OPEN', claimId: null, nextVersion: departing.nextVersion + 1, changedAt: at };
}

/** Of the destination's own code: whoever asks is whom the certificate of the connection names. */
export interface ClaimStanding {
  claimId: string;
  claimedBy: LocalGovernmentCode;
  /** As it came; null where it was given back before it arrived. */
  content: Claim | null;
  outcome: ClaimOutcome;
  departureId: string | null;
}
