import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf, municipalityId, type OfficeId } from '#core/domain/office.js';
import { Refusal, refusalOf } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import { checkHasHappened } from '../domain/acts/dates.js';
import type { Arrival, FirstMoveIn } from '../domain/moves/arrival.js';
import { type CertificateInformation, claimChallenge, SPECIAL_MOVE_IN } from '../domain/moves/claim.js';
import { type ClaimCertificate, FOR_GOOD } from '../peers/claim-certificate.js';
import { begunWith, findArrival, putArrival } from '../storage/arrivals.js';
import { findCard } from '../storage/cards.js';
import { lastDepartingOf } from '../storage/departures.js';
import { logWith } from './log-with.js';
import type { Registrar } from './registrar.js';
import { type CardDesk, type TrustedCard, trustCard } from './trust-card.js';

/** A special move-in that has begun, with what the origin certifies. */
export type BegunMoveIn = Arrival & { certificate: CertificateInformation };

type Counter = Registrar & CardDesk & { claimCertificate: ClaimCertificate };

/**
 * Takes the first move-in notification (最初の転入届, Article 24-2): the card is handed over with its PIN, and the origin
 * asked for the certificate information. What is asked is written down before: begun again, it goes on under the same
 * name, whatever was lost in between.
 *
 * @throws Refusal NOT_PARTICIPATING, OWN_MUNICIPALITY, DATE_NOT_POSSIBLE, OFFICE_UNAVAILABLE, MOVE_UNDER_WAY where it was
 * begun with another day or the move before is not settled, as `trustCard`, or as the origin refuses: with a paper certificate they can move in all the same
 */
export async function beginSpecialMoveIn(
  counter: Counter,
  { card, movedInOn }: FirstMoveIn,
  exchange: Exchange,
): Promise<BegunMoveIn> {
  const { office, network, clock } = counter;
  exchange.purpose = SPECIAL_MOVE_IN;
  if (!network.participates(office)) throw new Refusal('NOT_PARTICIPATING', { office });
  checkHasHappened('movedInOn', movedInOn, today(clock));
  const asked = await begunWith(counter.ledger, card.cardNumber);
  // It was trusted when it was notified, and what is in time then stays that: the origin hears the chip again.
  if (asked?.state === 'CLAIMING') return claim(counter, asBegun(asked, movedInOn), card, exchange);
  const trusted = await trustCard(counter, { kind: 'CARD', ...card }, exchange);
  const origin = await originOf(counter, trusted);
  const arrival = await enterArrival(counter, { trusted, movedInOn, origin }, exchange);
  for (const { residentRecordCode } of arrival.certificate?.people ?? []) exchange.concerns.add(residentRecordCode);
  return arrival.certificate
    ? { ...arrival, certificate: arrival.certificate }
    : claim(counter, arrival, card, exchange);
}

/** The municipality that keeps the card is the one that its holder comes from. */
async function originOf(
  { office, network, ledger }: Counter,
  { municipality, cardNumber }: TrustedCard,
): Promise<OfficeId> {
  const origin = municipalityId(municipality);
  if (origin === office)
    throw new Refusal((await isLeaving(ledger, cardNumber)) ? 'MOVE_UNDER_WAY' : 'OWN_MUNICIPALITY');
  if (!network.has(origin) || !network.participates(origin)) throw new Refusal('NOT_PARTICIPATING', { office: origin });
  return origin;
}

/** Whoever comes back at once has been entered elsewhere, and the notice of it is still on its way. */
async function isLeaving(ledger: Counter['ledger'], cardNumber: string): Promise<boolean> {
  const card = await findCard(ledger, cardNumber);
  return card !== undefined && (await lastDepartingOf(ledger, card.recordId))?.state === 'CLAIMED';
}

interface Arriving {
  trusted: TrustedCard;
  movedInOn: string;
  origin: OfficeId;
}

function enterArrival(
  counter: Counter,
  { trusted, movedInOn, origin }: Arriving,
  exchange: Exchange,
): Promise<Arrival> {
  const { ledger, newId, clock } = counter;
  const { cardNumber, residentRecordCode } = trusted;
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const begun = await begunWith(trx, cardNumber);
    if (begun) return asBegun(begun, movedInOn);
    const arrival: Arrival = {
      ...{ arrivalId: newId(), origin, cardNumber, residentRecordCode, movedInOn, notifiedOn: today(clock) },
      ...{ state: 'CLAIMING', certificate: null, problem: null, changedAt: clock.now() },
    };
    await putArrival(trx, arrival);
    await logWith(counter, trx, exchange, 'register/FIRST_MOVE_IN');
    return arrival;
  });
}

/** The origin may have answered for the day with which it was begun: for another it is given up, and begun anew. */
function asBegun(begun: Arrival, movedInOn: string): Arrival {
  if (begun.movedInOn === movedInOn) return begun;
  throw new Refusal('MOVE_UNDER_WAY', { field: 'movedInOn', fault: 'is not the day with which it was begun' });
}

async function claim(
  counter: Counter,
  arrival: Arrival,
  card: FirstMoveIn['card'],
  exchange: Exchange,
): Promise<BegunMoveIn> {
  const { arrivalId: claimId, origin, cardNumber, residentRecordCode, movedInOn, notifiedOn } = arrival;
  exchange.concerns.add(residentRecordCode);
  // The origin believes the chip, and not the office that says it has it.
  const reading = { today: notifiedOn, reader: counter.office, challenge: claimChallenge(claimId) };
  const { count: cardCount, signature } = counter.cardReader.read({ kind: 'CARD', ...card }, reading).answer;
  const stated = {
    claimId,
    cardNumber,
    residentRecordCode,
    movedInOn,
    notifiedOn,
    cardCount,
    cardSignature: signature,
  };
  try {
    const certificate = await counter.claimCertificate(origin, stated, exchange);
    for (const { residentRecordCode: code } of certificate.people) exchange.concerns.add(code);
    await noteAnswer(counter, claimId, { state: 'CLAIMED', certificate, problem: null });
    return { ...arrival, state: 'CLAIMED', certificate };
  } catch (error) {
    const { reason } = refusalOf(error);
    await noteAnswer(counter, claimId, { state: FOR_GOOD.includes(reason) ? 'REFUSED' : 'CLAIMING', problem: reason });
    throw error;
  }
}

/** Of a question that has been given up, or answered, meanwhile nothing is noted. */
async function noteAnswer(
  { ledger, clock }: Counter,
  arrivalId: string,
  noted: Partial<Pick<Arrival, 'state' | 'certificate' | 'problem'>>,
): Promise<void> {
  await ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const present = await findArrival(trx, arrivalId);
    if (present?.state !== 'CLAIMING') return;
    const changedAt = noted.state === 'CLAIMING' ? present.changedAt : clock.now();
    await putArrival(trx, { ...present, ...noted, changedAt });
  });
}

/** What is shown of it at the counter. */
export function begunView({ arrivalId, origin, certificate: { destination, plannedOn, people } }: BegunMoveIn) {
  return {
    ...{ arrivalId, origin: codeOf(origin), destination, plannedOn },
    people: people.map(({ residentRecordCode, relationship, person: { name, birthDate } }) => ({
      ...{ residentRecordCode, name, birthDate, relationship },
    })),
  };
}
