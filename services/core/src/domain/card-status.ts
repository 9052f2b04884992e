import type { CalendarDate } from './calendar-date.js';
import type { LocalGovernmentCode } from './local-government-code.js';
import type { ResidentRecordCode } from './resident-record-code.js';

/** 住基カード and 個人番号カード. */
export const CARD_KINDS = ['JUKI_CARD', 'INDIVIDUAL_NUMBER_CARD'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** Orders 30-19 and 30-23: good, lost and not found yet, not good any more, taken back, destroyed. */
export const CARD_STATES = ['ACTIVE', 'SUSPENDED', 'INVALID', 'RETURNED', 'DESTROYED'] as const;
export type CardState = (typeof CARD_STATES)[number];

/**
 * What makes a card invalid (Order 30-20).
 * - SPECIAL_MOVE_MISSED: the holder moved out, and no first move-in followed within its days;
 * - NOT_CONTINUED: the card was not handed over within 90 days of the first move-in;
 * - MOVED_ON: the holder moved on before it was.
 */
export const INVALIDITY_CAUSES = [
  ...(['EXPIRED', 'MOVED_ABROAD', 'SPECIAL_MOVE_MISSED', 'NOT_CONTINUED', 'MOVED_ON', 'DEATH'] as const),
  ...(['NO_LONGER_COVERED', 'RECORD_DELETED', 'CODE_CHANGED', 'REISSUED', 'RETURNED', 'RETURN_ORDERED'] as const),
] as const;
export type InvalidityCause = (typeof INVALIDITY_CAUSES)[number];

/** How a card stands: what every level knows of it, and nothing else of its holder than the code (Order 30-24). */
export interface CardStatus {
  cardNumber: string;
  kind: CardKind;
  /** The one that the chip holds. */
  residentRecordCode: ResidentRecordCode;
  /** The municipality that keeps the card. */
  municipality: LocalGovernmentCode;
  state: CardState;
  invalidBy: InvalidityCause | null;
  /** The last day on which it is good. */
  expiresOn: CalendarDate;
  /** The last day on which it is good unless something else happens by then, and what it is invalid by after that. */
  lapsesAfter: CalendarDate | null;
  lapsesBy: InvalidityCause | null;
  /** Of the chip: P-256, SubjectPublicKeyInfo, in base64. */
  publicKey: string;
  /** Of a card's statuses the highest is the newest, in whatever order they arrive. */
  version: number;
}

export type CardStanding = Pick<CardStatus, 'state' | 'invalidBy'>;
type Ending = Pick<CardStatus, 'state' | 'invalidBy' | 'expiresOn' | 'lapsesAfter' | 'lapsesBy'>;

/** How a card stands on a day: a last day that has passed needs nobody to note it (DEADLINE). */
export function standingOn(
  { state, invalidBy, expiresOn, lapsesAfter, lapsesBy }: Ending,
  day: CalendarDate,
): CardStanding {
  if (!isValid({ state })) return { state, invalidBy };
  if (lapsesAfter !== null && lapsesAfter < expiresOn && lapsesAfter < day)
    return { state: 'INVALID', invalidBy: lapsesBy };
  return expiresOn < day ? { state: 'INVALID', invalidBy: 'EXPIRED' } : { state, invalidBy };
}

/** Whether it is one of the two states of a card that has not come to its end. */
export function isValid({ state }: Pick<CardStatus, 'state'>): boolean {
  return state === 'ACTIVE' || state === 'SUSPENDED';
}

/**
 * Folds statuses into what is known: of each card the newest by version stays, in whatever order they come (CHAIN); but
 * what has come to its end is never good again, whoever says so. A number stands for one chip for ever: whatever names
 * another is refused.
 *
 * @param known - by card number; is changed: it is what is known afterwards
 */
export function foldCardStatuses(known: Map<string, CardStatus>, statuses: CardStatus[]) {
  const folded = { taken: [] as CardStatus[], refused: [] as string[] };
  for (const status of statuses) {
    const earlier = known.get(status.cardNumber);
    if (earlier && earlier.publicKey !== status.publicKey) folded.refused.push(status.cardNumber);
    else if (!earlier || supersedes(status, earlier)) {
      folded.taken.push(status);
      known.set(status.cardNumber, status);
    }
  }
  return folded;
}

function supersedes(status: CardStatus, earlier: CardStatus): boolean {
  if (isValid(status) !== isValid(earlier)) return isValid(earlier);
  return status.version > earlier.version;
}
