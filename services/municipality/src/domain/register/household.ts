import { Refusal } from '#core/domain/refusal.js';
import { isSpouse, sexOf } from './relationship.js';
import { HOUSEHOLDER, type ResidentRecord } from './resident-record.js';

/** 世帯: people who live together, with one of them as the householder (世帯主). */
export interface Household {
  householdId: string;
  /** The active records, in the order of a copy. */
  members: ResidentRecord[];
  /** The householder's; of a household that lost its householder and has named no other yet, the last one's. */
  householderName: string;
}

/** As a copy lists them: householder, spouse, children, then the others; each by age. */
export function inOrder(members: ResidentRecord[]): ResidentRecord[] {
  const key = (record: ResidentRecord) => `${place(record)} ${record.birthDate} ${record.recordId}`;
  return members.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function place({ relationship }: ResidentRecord): number {
  if (relationship === HOUSEHOLDER) return 0;
  if (isSpouse(relationship)) return 1;
  return relationship === '子' ? 2 : 3;
}

/**
 * Whether a household may be left without a householder. Only a death may do that: nobody of the household is at the
 * counter then, and those who stay notify who follows.
 */
export type Vacancy = 'REFUSED' | 'ALLOWED';

/** Somebody's relationship, as a notification states it anew. */
export interface StatedRelationship {
  residentRecordCode: string;
  relationship: string;
}

/**
 * Brings households into order once people have come or gone: relationships as stated, and whoever is left alone
 * becomes the householder without a notification (Order 25).
 *
 * @throws Refusal NOT_FOUND where a relationship is stated for nobody of these households, or what `checkHousehold` says
 */
export function arrange(
  active: ResidentRecord[],
  stated: StatedRelationship[],
  vacancy: Vacancy = 'REFUSED',
): ResidentRecord[] {
  const isKnown = ({ residentRecordCode: code }: StatedRelationship) =>
    active.some(({ residentRecordCode }) => residentRecordCode === code);
  if (!stated.every(isKnown)) throw new Refusal('NOT_FOUND', { field: 'relationships' });
  const households = Map.groupBy(restate(active, stated), ({ householdId }) => householdId);
  return [...households.values()].flatMap((members) => {
    const [only] = members;
    if (members.length === 1 && only) return [{ ...only, relationship: HOUSEHOLDER }];
    checkHousehold(members, vacancy);
    return members;
  });
}

function restate(active: ResidentRecord[], stated: StatedRelationship[]): ResidentRecord[] {
  return active.map((record) => {
    const anew = stated.find(({ residentRecordCode }) => residentRecordCode === record.residentRecordCode);
    return anew ? { ...record, relationship: anew.relationship } : record;
  });
}

/**
 * What holds for every household, whatever was notified.
 *
 * @throws Refusal ONE_HOUSEHOLDER, ADDRESS_CONTRADICTED, RELATIONSHIP_CONTRADICTED
 */
function checkHousehold(members: ResidentRecord[], vacancy: Vacancy): void {
  const householders = members.filter(({ relationship }) => relationship === HOUSEHOLDER);
  if (householders.length > 1) throw new Refusal('ONE_HOUSEHOLDER', { fault: 'would have two' });
  if (householders.length === 0 && vacancy === 'REFUSED')
    throw new Refusal('ONE_HOUSEHOLDER', { fault: 'would have none' });
  if (new Set(members.map(({ address }) => address)).size > 1) throw new Refusal('ADDRESS_CONTRADICTED');
  if (members.filter(({ relationship }) => isSpouse(relationship)).length > 1)
    throw new Refusal('RELATIONSHIP_CONTRADICTED', { fault: 'would give the householder two spouses' });
  const contradicts = ({ relationship, sex }: ResidentRecord) => (sexOf(relationship) ?? sex) !== sex;
  if (members.some(contradicts)) throw new Refusal('RELATIONSHIP_CONTRADICTED', { fault: 'is of the other sex' });
}
