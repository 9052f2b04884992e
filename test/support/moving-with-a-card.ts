import { codeOf, type OfficeId } from '#core/domain/office.js';
import {
  AcceptSpecialMoveOut,
  BeginSpecialMoveIn,
  CompleteSpecialMoveIn,
  IssueCard,
  IssueCertificateInstead,
  ListMoves,
  ReleaseSpecialMoveIn,
} from '#scripts/operator/procedures.js';
import { withPassport } from './desk.js';
import { codesOf, TODAY } from './notifications.js';
import type { PlainReceipt, Question } from './questions.js';
import type { RegisterDesk } from './register-desk.js';

type Person = { name: string; birthDate: string; residentRecordCode: string };

/** A card in somebody's hand, and the PIN in their head. */
export interface CardInHand {
  cardNumber: string;
  pin: string;
}

/** What there is to enter, as the counter sees it. */
export interface Begun {
  arrivalId: string;
  origin: string;
  destination: string;
  plannedOn: string;
  people: { residentRecordCode: string; name: string; birthDate: string; relationship: string }[];
}

/** A move that is under way, as one end sees it. */
export interface PlainMove {
  direction: 'OUT' | 'IN';
  claimId?: string;
  otherMunicipality: string;
  residentRecordCodes: string[];
  nextStep: string;
  since: string;
  lastDay?: string;
  stuck?: string;
}

const receiptAlone = true;
const issue: Question<{ card?: { cardNumber: string }; cardNumber?: string }> = {
  procedure: IssueCard,
  path: '/cards',
};
export const specialMoveOut: Question<{ receipt: PlainReceipt }> = {
  ...{ procedure: AcceptSpecialMoveOut, path: '/special-moves/move-out', receiptAlone },
};
export const firstMoveIn: Question<Begun> = {
  ...{ procedure: BeginSpecialMoveIn, path: '/special-moves/first-move-in' },
};
export const specialMoveIn: Question<{ receipt: PlainReceipt }> = {
  ...{ procedure: CompleteSpecialMoveIn, path: '/special-moves/move-in', receiptAlone },
};
export const releaseMoveIn: Question<object> = { procedure: ReleaseSpecialMoveIn, path: '/special-moves/release' };
export const certificateInstead: Question<Pick<PlainReceipt, 'certificates'>> = {
  ...{ procedure: IssueCertificateInstead, path: '/special-moves/certificate-instead' },
};
export const listMoves: Question<{ moves: PlainMove[] }> = { procedure: ListMoves, path: '/special-moves/list' };

const PIN = '4711';
/** No test goes on for longer. */
const GOOD_FOR_LONG = '2016-12-31';

/** The card that somebody has, or an individual number card, which everybody can have on the day on which tests begin. */
export async function cardFor(desk: RegisterDesk, holder: Person): Promise<CardInHand> {
  const { residentRecordCode } = holder;
  const held = cardsInPockets(desk).find((one) => one.residentRecordCode === residentRecordCode);
  if (held && held.expiresOn > GOOD_FOR_LONG) return { cardNumber: held.cardNumber, pin: held.pin };
  const handedBack = held && held.expiresOn >= TODAY ? held.cardNumber : undefined;
  const asked = {
    handedBack,
    notifier: withPassport(holder),
    residentRecordCode,
    kind: 'INDIVIDUAL_NUMBER_CARD',
    pin: PIN,
  };
  const { card, cardNumber = card?.cardNumber ?? '' } = await desk.ask(issue, asked);
  // Elsewhere, the centre is asked about it.
  await desk.settle();
  return { cardNumber, pin: PIN };
}

/** The cards with which the network began. */
function cardsInPockets({ people }: RegisterDesk) {
  return people.flatMap(({ cards }) => cards);
}

/** People who leave with a card for somewhere, the first of them at the counter. */
export function leavingWithACard(people: Person[], to: OfficeId, more: object = {}) {
  return {
    notifier: withPassport(people[0] ?? { name: '' }),
    ...{ channel: 'COUNTER', plannedOn: TODAY, destinationMunicipality: codeOf(to), destination: `${to}の新居` },
    ...{ movers: codesOf(people), ...more },
  };
}

/** The two counters, and the whole way from one to the other. */
export interface Ends {
  from: RegisterDesk;
  to: RegisterDesk;
  destination: OfficeId;
}

/** Moves people all the way: out, first move-in, in. */
export async function moveWithACard(
  { from, to, destination }: Ends,
  people: Person[],
  card: CardInHand,
  { address, movedInOn = TODAY }: { address: string; movedInOn?: string },
): Promise<Begun> {
  await from.ask(specialMoveOut, leavingWithACard(people, destination));
  const begun = await to.ask(firstMoveIn, { card, movedInOn });
  await to.ask(specialMoveIn, { arrivalId: begun.arrivalId, address });
  return begun;
}

export async function movesAt(desk: RegisterDesk): Promise<PlainMove[]> {
  return (await desk.ask(listMoves, { purpose: '点検' })).moves;
}
