import { addYears, type CalendarDate } from '#core/domain/calendar-date.js';
import type { CardKind } from '#core/domain/card-status.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecord } from '../register/resident-record.js';

/** Juki cards were issued from the second stage of the network on, and until individual number cards came. */
const FIRST_JUKI_CARD: CalendarDate = '2003-08-25';
const LAST_JUKI_CARD: CalendarDate = '2015-12-31';
/** Since foreign residents are in the network. */
const FIRST_TO_FOREIGN_RESIDENTS: CalendarDate = '2013-07-08';
const FIRST_INDIVIDUAL_NUMBER_CARD: CalendarDate = '2016-01-01';

const JUKI_CARD_YEARS = 10;
const ADULT = 20;

/**
 * Whether a card of this kind is issued to somebody on a day.
 *
 * @throws Refusal CARD_NOT_ISSUED, with what is to be had instead
 */
export function checkIssued(
  kind: CardKind,
  { nationality }: Pick<ResidentRecord, 'nationality'>,
  day: CalendarDate,
): void {
  if (kind === 'INDIVIDUAL_NUMBER_CARD') {
    if (day < FIRST_INDIVIDUAL_NUMBER_CARD) throw notIssued('is issued from January 2016');
    return;
  }
  if (day > LAST_JUKI_CARD) throw notIssued('is not issued any more: ask for an individual number card');
  const first = nationality === null ? FIRST_JUKI_CARD : FIRST_TO_FOREIGN_RESIDENTS;
  if (day < first) throw notIssued('is not issued yet');
}

/**
 * The last day of a card that is issued on a day: a juki card is good for ten years, an individual number card until its
 * holder's tenth birthday from then on, the fifth where they are under twenty.
 */
export function expiryOf(
  kind: CardKind,
  { birthDate }: Pick<ResidentRecord, 'birthDate'>,
  day: CalendarDate,
): CalendarDate {
  if (kind === 'JUKI_CARD') return addYears(day, JUKI_CARD_YEARS);
  const isAdult = addYears(birthDate, ADULT) <= day;
  return nextBirthdays(birthDate, day, isAdult ? 10 : 5);
}

function nextBirthdays(birthDate: CalendarDate, day: CalendarDate, count: number): CalendarDate {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  const hasPassed = addYears(birthDate, years) <= day;
  return addYears(birthDate, years + count - (hasPassed ? 0 : 1));
}

function notIssued(fault: string): Refusal {
  return new Refusal('CARD_NOT_ISSUED', { field: 'kind', fault });
}
