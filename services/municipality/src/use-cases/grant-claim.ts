import { isDeepStrictEqual } from 'node:util';
import { isAnswerOf } from '#core/cards/is-answer-of.js';
import type { CardAnswer } from '#core/domain/card-answer.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import { isReason, type Reason, Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import { invalidated, isKeptHere, isValid, lapsing } from '../domain/cards/card.js';
import { certifiedPersonOf } from '../domain/certificates/move-out-certificate.js';
import {
  type AskedClaim,
  type CertificateInformation,
  type Claim,
  type ClaimFacts,
  type ClaimStanding,
  checkClaim,
  type MovingOut,
  partsOf,
} from '../domain/moves/claim.js';
import type { Departing, Departure } from '../domain/moves/departure.js';
import { cardsOf, findCard } from '../storage/cards.js';
import { enterClaim, findClaim } from '../storage/claims.js';
import { currentCode } from '../storage/codes.js';
import { departingIn, departingUnder, findDeparture, lastDepartingOf, putDeparting } from '../storage/departures.js';
import { findRecords, recordsWithIds } from '../storage/resident-register.js';
import { cardsHandedOver } from './cards-handed-over.js';
import { keepCard } from './keep-card.js';
import { logWith } from './log-with.js';
import type { Registrar, Trx } from './registrar.js';

type Answered = { information: CertificateInformation } | { reason: Reason };

/**
 * The origin's side of a first move-in (Article 24-2, Regulation 43): freezes whoever waits of the departure, and hands
 * over the certificate information to whoever has the card in the reader. The same claim has the same answer, a refusal too, whenever it comes again.
 *
 * @throws Refusal NOT_PARTICIPATING, ID_REUSED, or as `checkClaim`
 */
export async function grantClaim(
  origin: Registrar,
  destination: OfficeId,
  asked: AskedClaim,
  exchange: Exchange,
): Promise<CertificateInformation> {
  const { claim, answer: ofTheChip } = partsOf(asked);
  const outside = [origin.office, destination].find((office) => !origin.network.participates(office));
  if (outside) throw new Refusal('NOT_PARTICIPATING', { office: outside });
  exchange.concerns.add(claim.residentRecordCode);
  const answered = await origin.ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    await checkCardIsThere(trx, ofTheChip, destination);
    const earlier = await findClaim(trx, claim.claimId);
    const answer = earlier
      ? await repeated(trx, earlier, claim, destination)
      : await decide(origin, trx, claim, destination);
    if ('information' in answer)
      for (const { residentRecordCode } of answer.information.people) exchange.concerns.add(residentRecordCode);
    await logWith(origin, trx, exchange, 'register/CLAIM');
    return answer;
  });
  // Whoever comes too late has lost their card by that, and the levels above are told.
  origin.dispatch.wake();
  if ('reason' in answered) throw new Refusal(answered.reason);
  return answered.information;
}

/**
 * Nobody is told anything who has not the card in the reader, opened with its PIN, for this very claim; nothing of what
 * they ask is kept. A card that has gone on with its holder meanwhile still says who asks again.
 *
 * @throws Refusal CARD_INVALID
 */
async function checkCardIsThere(trx: Trx, answer: CardAnswer, destination: OfficeId): Promise<void> {
  const card = await findCard(trx, answer.cardNumber);
  if (!card || !isAnswerOf(card, answer, destination)) throw new Refusal('CARD_INVALID');
}

async function repeated(trx: Trx, earlier: ClaimStanding, claim: Claim, destination: OfficeId): Promise<Answered> {
  const isSame =
    earlier.claimedBy === codeOf(destination) &&
    (earlier.content === null || isDeepStrictEqual(earlier.content, claim));
  if (!isSame) return { reason: 'ID_REUSED' };
  if (earlier.outcome === 'GRANTED') return { information: await informationUnder(trx, earlier) };
  return { reason: isReason(earlier.outcome) ? earlier.outcome : 'MOVE_SETTLED' };
}

async function decide(origin: Registrar, trx: Trx, claim: Claim, destination: OfficeId): Promise<Answered> {
  const facts = await factsOf(trx, claim);
  const standing = { claimId: claim.claimId, claimedBy: codeOf(destination), content: claim };
  const at = origin.clock.now();
  try {
    const { departureId } = checkClaim(claim, facts);
    const granted = { ...standing, outcome: 'GRANTED' as const, departureId };
    await enterClaim(trx, granted, at);
    for (const departing of await departingIn(trx, departureId, 'OPEN'))
      await putDeparting(trx, { ...departing, state: 'CLAIMED', claimId: claim.claimId, changedAt: at });
    return { information: await informationUnder(trx, granted) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await enterClaim(
      trx,
      { ...standing, outcome: error.reason, departureId: facts.departure?.departureId ?? null },
      at,
    );
    if (error.reason === 'SPECIAL_MOVE_TOO_LATE') await endCards(origin, trx, facts.departure);
    return { reason: error.reason };
  }
}

async function factsOf(trx: Trx, { residentRecordCode, cardNumber }: Claim): Promise<ClaimFacts> {
  const holders = await findRecords(trx, { residentRecordCode: await currentCode(trx, residentRecordCode) });
  const [newest] = holders.toSorted((a, b) => b.changeVersion - a.changeVersion);
  const departing = newest?.deletionReason === 'MOVE_OUT' ? await lastDepartingOf(trx, newest.recordId) : undefined;
  const departure = departing && (await findDeparture(trx, departing.departureId));
  return { holders, departing, departure, card: await findCard(trx, cardNumber) };
}

/**
 * Who has missed the days of the special move-in has no card any more (Order 30-20): it has come to its end now, whatever
 * day it waited for.
 */
async function endCards(origin: Registrar, trx: Trx, departure: Departure | undefined): Promise<void> {
  const waiting = departure ? await departingIn(trx, departure.departureId, 'OPEN') : [];
  const cards = await cardsOf(
    trx,
    waiting.map(({ recordId }) => recordId),
  );
  for (const card of cards.filter((one) => isKeptHere(one) && isValid(one)))
    await keepCard(origin, trx, lapsing(invalidated(card, 'SPECIAL_MOVE_MISSED'), null), null);
}

async function informationUnder(
  trx: Trx,
  { claimId, departureId, content }: ClaimStanding,
): Promise<CertificateInformation> {
  const departure = await findDeparture(trx, departureId ?? '');
  if (!departure || !content) throw new Error('a claim that was granted is of a departure');
  const people: MovingOut[] = [];
  for (const departing of await departingUnder(trx, claimId)) people.push(await movingOut(trx, departing, content));
  const { destination, plannedOn } = departure;
  return { destination, plannedOn, people };
}

async function movingOut(
  trx: Trx,
  { recordId, householderName, nextVersion }: Departing,
  claim: Claim,
): Promise<MovingOut> {
  const [record] = await recordsWithIds(trx, [recordId]);
  if (!record) throw new Error('whoever departs has a record');
  const cards = await cardsHandedOver(trx, recordId, claim);
  return {
    ...{ ...certifiedPersonOf(record, householderName), version: nextVersion },
    cards: cards.map(({ cardNumber, kind, state, issuedOn, expiresOn, publicKey, managementKey, version }) => ({
      ...{ cardNumber, kind, state, issuedOn, expiresOn, publicKey, managementKey, version: version + 1 },
    })),
  };
}
