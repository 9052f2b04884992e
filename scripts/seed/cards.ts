import { addYears, type CalendarDate } from '#core/domain/calendar-date.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { Restriction } from '#municipality/domain/protection/restriction.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import type { Allotment } from './codes.js';
import { ageOn, dayBetween, LAST_EVENT, latest, TODAY } from './days.js';
import { drawJukiCards } from './juki-cards.js';
import type { Random } from './random.js';

export interface SeededCard {
  /** `JC` and ten digits; it says nothing of its holder. */
  cardNumber: string;
  kind: 'JUKI_CARD' | 'INDIVIDUAL_NUMBER_CARD';
  name: string;
  residentRecordCode: ResidentRecordCode;
  pin: string;
  issuedOn: CalendarDate;
  expiresOn: CalendarDate;
}

type Days = Pick<SeededCard, 'issuedOn' | 'expiresOn'>;

const INDIVIDUAL_NUMBER_CARDS_BEGIN: CalendarDate = '2016-01-20';

/** Nobody has two cards: who gets an individual number card hands the juki card back. */
export function drawCards(
  random: Random,
  allotment: Allotment,
  records: ResidentRecord[],
  restrictions: Restriction[],
): SeededCard[] {
  const adults = random.shuffled(records.filter(isActiveAdult));
  const jukiCards = drawJukiCards(random, adults, records, restrictions);
  const numberCards = drawNumberCards(
    random,
    adults.filter((adult) => !jukiCards.has(adult)),
  );
  return records.flatMap((record) => {
    const jukiExpiry = jukiCards.get(record);
    const days = jukiExpiry ? { issuedOn: addYears(jukiExpiry, -10), expiresOn: jukiExpiry } : numberCards.get(record);
    if (days === undefined) return [];
    const kind = jukiExpiry ? 'JUKI_CARD' : 'INDIVIDUAL_NUMBER_CARD';
    const { name, residentRecordCode } = record;
    const cardNumber = allotment.cardNumber(random);
    return [{ cardNumber, kind, name, residentRecordCode, pin: random.digits(4), ...days }];
  });
}

/** A few of the adults, with the days on which each one's card was issued and expires: the tenth birthday from then on. */
function drawNumberCards(random: Random, adults: ResidentRecord[]): Map<ResidentRecord, Days> {
  const count = Math.max(2, Math.round(adults.length * 0.05));
  const holders = adults.filter(staysWithoutEnd).slice(0, count);
  return new Map(
    holders.map((record) => {
      const first = latest(INDIVIDUAL_NUMBER_CARDS_BEGIN, record.becameResidentOn);
      const issuedOn = dayBetween(random, first, LAST_EVENT);
      return [record, { issuedOn, expiresOn: addYears(record.birthDate, ageOn(issuedOn, record.birthDate) + 10) }];
    }),
  );
}

/** Other foreign residents' cards end with their stay, which the register's items here do not hold. */
function staysWithoutEnd({ nationality, residenceStatus }: ResidentRecord): boolean {
  return nationality === null || (residenceStatus ?? '').endsWith('永住者');
}

function isActiveAdult({ deletedOn, birthDate }: ResidentRecord): boolean {
  return deletedOn === null && ageOn(TODAY, birthDate) >= 20;
}
