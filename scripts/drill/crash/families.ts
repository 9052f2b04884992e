import { municipalityId, type OfficeId } from '#core/domain/office.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { HEAD } from '../../seed/family-members.js';
import type { SeededCard, SeededMunicipality } from '../../seed/residents.js';

/** A household that moves as a whole, with the card of one of them. */
export interface Family {
  householder: ResidentRecord;
  codes: string[];
  card: SeededCard;
}

/** The last householders of a town are its operators: they do not move. */
const OPERATORS = 20;

/** Every household of a town that can move with a card on a day: each of them moves once. */
export function familiesIn(people: SeededMunicipality[], town: OfficeId, day: string): Family[] {
  const seeded = people.find(({ municipality }) => municipalityId(municipality) === town);
  if (!seeded) throw new RangeError(`${town} has no seeded people`);
  const { records, restrictions, cards } = seeded;
  const restricted = new Set(restrictions.map(({ recordId }) => recordId));
  const present = records.filter(({ deletedOn }) => deletedOn === null);
  const households = [...Map.groupBy(present, ({ householdId }) => householdId).values()].slice(0, -OPERATORS);
  return households.flatMap((members) => {
    const codes = members.map(({ residentRecordCode }) => residentRecordCode);
    const householder = members.find(({ relationship }) => relationship === HEAD);
    const isFree = members.every(({ recordId }) => !restricted.has(recordId));
    const card = cards.find((one) => codes.includes(one.residentRecordCode) && one.expiresOn > day);
    return householder && card && isFree && members.length > 1 ? [{ householder, codes, card }] : [];
  });
}
