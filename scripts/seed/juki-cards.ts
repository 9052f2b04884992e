import { addDays, addYears, type CalendarDate } from '#core/domain/calendar-date.js';
import type { Restriction } from '#municipality/domain/protection/restriction.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { isInJapan } from './addresses.js';
import { dayBetween, latest, TODAY } from './days.js';
import type { Random } from './random.js';

interface Holder {
  record: ResidentRecord;
  /** The first day on which a card can have been issued to this person. */
  since: CalendarDate;
}

const FIRST_ISSUE: CalendarDate = '2006-01-04';
const LAST_ISSUE: CalendarDate = '2015-12-22';
/** A card issued by then has expired by now. */
const LAST_EXPIRED: CalendarDate = addDays(addYears(TODAY, -10), -1);
const FIRST_STILL_VALID: CalendarDate = addDays(LAST_EXPIRED, 1);
/** From then on a card goes along to the next municipality. */
const CARDS_MOVE_ALONG: CalendarDate = '2012-07-09';
const FIRST_ISSUE_TO_FOREIGN_RESIDENTS: CalendarDate = '2013-07-08';

/**
 * The day on which the card of each holder expires. About a quarter of the adults hold one; among them always one
 * whose card has expired, three in households of several who meet no obstacle, and one under a restriction.
 */
export function drawJukiCards(
  random: Random,
  adults: ResidentRecord[],
  records: ResidentRecord[],
  restrictions: Restriction[],
): Map<ResidentRecord, CalendarDate> {
  const restricted = new Set(restrictions.map((restriction) => restriction.recordId));
  const holders = adults.map((record) => ({ record, since: firstIssueTo(record) }));
  const able = holders.filter(({ since }) => since <= LAST_ISSUE);
  const [bound, free] = partition(able, ({ record }) => restricted.has(record.recordId));
  const expired = free.filter(({ since }) => since <= LAST_EXPIRED).slice(0, 1);
  const others = free.filter((holder) => !expired.includes(holder));
  const [inFamilies, alone] = partition(others, ({ record }) => !livesAlone(record, records));
  const valid = [...inFamilies.slice(0, 3), ...bound.slice(0, 1)];
  const rest = random.shuffled([...inFamilies.slice(3), ...alone]);
  const left = Math.max(0, Math.round(adults.length / 4) - expired.length - valid.length);
  return new Map([
    ...expired.map((holder) => expiry(random, holder, FIRST_ISSUE, LAST_EXPIRED)),
    ...valid.map((holder) => expiry(random, holder, FIRST_STILL_VALID, LAST_ISSUE)),
    ...rest.slice(0, left).map((holder) => expiry(random, holder, FIRST_ISSUE, LAST_ISSUE)),
  ]);
}

function expiry(
  random: Random,
  { record, since }: Holder,
  first: CalendarDate,
  last: CalendarDate,
): [ResidentRecord, CalendarDate] {
  return [record, addYears(dayBetween(random, latest(since, first), last), 10)];
}

function firstIssueTo({ nationality, becameResidentOn, previousAddress, birthDate }: ResidentRecord): CalendarDate {
  const first = nationality === null ? FIRST_ISSUE : FIRST_ISSUE_TO_FOREIGN_RESIDENTS;
  const fromElsewhere = previousAddress !== null && isInJapan(previousAddress);
  const broughtAlong = fromElsewhere && becameResidentOn >= CARDS_MOVE_ALONG;
  return latest(first, addYears(birthDate, 18), broughtAlong ? first : becameResidentOn);
}

function livesAlone(record: ResidentRecord, records: ResidentRecord[]): boolean {
  return !records.some(
    (other) => other !== record && other.householdId === record.householdId && other.deletedOn === null,
  );
}

function partition<T>(list: T[], belongs: (entry: T) => boolean): [T[], T[]] {
  return [list.filter(belongs), list.filter((entry) => !belongs(entry))];
}
