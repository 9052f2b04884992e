import type { CalendarDate } from '#core/domain/calendar-date.js';
import {
  type CardState,
  type CardStatus,
  type InvalidityCause,
  isValid,
  standingOn,
} from '#core/domain/card-status.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import { Refusal } from '#core/domain/refusal.js';

/** A card that this municipality keeps, or kept: its status, and what it takes to keep it. */
export interface Card extends Omit<CardStatus, 'municipality'> {
  /** Its holder's. */
  recordId: string;
  issuedOn: CalendarDate;
  /** Opens the chip without its PIN; 64 hex digits. */
  managementKey: string;
  /** How often the chip has answered, as far as this office has seen. */
  answers: number;
  /** Where it has gone with its holder: it is kept here no more. */
  movedTo: LocalGovernmentCode | null;
}

/** What became of a card, and when. */
export interface CardEvent {
  state: CardState;
  invalidBy: InvalidityCause | null;
  on: CalendarDate;
  /** Who had it done; null for what came by itself. */
  operator: string | null;
}

export { isValid };

export function isKeptHere({ movedTo }: Card): boolean {
  return movedTo === null;
}

/** Lost. @throws Refusal CARD_STATE_CONTRADICTED */
export function suspended(card: Card): Card {
  return from(card, ['ACTIVE'], { state: 'SUSPENDED' });
}

/** Found again. @throws Refusal CARD_STATE_CONTRADICTED */
export function found(card: Card): Card {
  return from(card, ['SUSPENDED'], { state: 'ACTIVE' });
}

/** @throws Refusal CARD_STATE_CONTRADICTED */
export function invalidated(card: Card, invalidBy: InvalidityCause): Card {
  return from(card, ['ACTIVE', 'SUSPENDED'], { state: 'INVALID', invalidBy });
}

/** Taken back; a card that was good until now is invalid by that. @throws Refusal CARD_STATE_CONTRADICTED */
export function returned(card: Card): Card {
  const ended = isValid(card) ? invalidated(card, 'RETURNED') : card;
  return from(ended, ['INVALID'], { state: 'RETURNED' });
}

/** @throws Refusal CARD_STATE_CONTRADICTED */
export function destroyed(card: Card): Card {
  return from(card, ['RETURNED'], { state: 'DESTROYED' });
}

/** The card as it stands on a day: what has passed its last day is invalid, whether anybody has noted it or not. */
export function asOf(card: Card, day: CalendarDate): Card {
  return { ...card, ...standingOn(card, day) };
}

/**
 * Whether it was good on a day that may have passed. That a special move-in was missed can be noted before one arrives that
 * was notified in time: until its last day the card was good.
 */
export function wasActiveOn(card: Card, day: CalendarDate): boolean {
  const { invalidBy, lapsesAfter } = card;
  if (invalidBy === 'SPECIAL_MOVE_MISSED' && lapsesAfter !== null) return day <= lapsesAfter;
  return asOf(card, day).state === 'ACTIVE';
}

/** It stays good until a day unless something else happens by then; null: nothing has to happen. */
export function lapsing(card: Card, lapse: { after: CalendarDate; by: InvalidityCause } | null): Card {
  return { ...card, lapsesAfter: lapse?.after ?? null, lapsesBy: lapse?.by ?? null };
}

/** How it is reported to the levels above (Order 30-24). */
export function statusOf(card: Card, municipality: LocalGovernmentCode): CardStatus {
  const { cardNumber, kind, residentRecordCode, state, invalidBy } = card;
  const { expiresOn, lapsesAfter, lapsesBy, publicKey, version } = card;
  return {
    ...{ cardNumber, kind, residentRecordCode, municipality, state, invalidBy },
    ...{ expiresOn, lapsesAfter, lapsesBy, publicKey, version },
  };
}

function from(card: Card, states: CardState[], to: Partial<Pick<Card, 'state' | 'invalidBy'>>): Card {
  if (!states.includes(card.state)) throw new Refusal('CARD_STATE_CONTRADICTED', { fault: `is ${card.state}` });
  return { ...card, ...to };
}
