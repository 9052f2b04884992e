import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { SeededCard, SeededMunicipality } from '../seed/residents.js';

/** Somebody of a town with a card that is good on the day, in a household that nothing restricts. */
export function cardHolder(
  { municipality, records, restrictions, cards }: SeededMunicipality,
  day: CalendarDate,
): SeededCard {
  const restricted = new Set(restrictions.map(({ recordId }) => recordId));
  const households = new Set(records.filter((r) => restricted.has(r.recordId)).map((r) => r.householdId));
  const holder = cards.find((card) => {
    const record = records.find((r) => r.residentRecordCode === card.residentRecordCode && !r.deletedOn);
    return card.expiresOn >= day && record !== undefined && !households.has(record.householdId);
  });
  if (!holder) throw new RangeError(`nobody in ${municipality} has a good card`);
  return holder;
}
