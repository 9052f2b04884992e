import { expect } from '@jest/globals';
import type { Reason } from '#core/domain/refusal.js';
import type { Household } from '#municipality/domain/register/household.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { aCode, aRecord } from './records.js';

/** Somebody with the nth code, living with whoever else is made so. */
export function aMember(nth: number, relationship: string, differing: Partial<ResidentRecord> = {}): ResidentRecord {
  const sex = /[妻母姉妹]$/.test(relationship) ? 'FEMALE' : 'MALE';
  return aRecord({ recordId: `record-${nth}`, residentRecordCode: aCode(nth), relationship, sex, ...differing });
}

/** The household of some people, by the key that the first of them has. */
export function aHousehold(members: ResidentRecord[]): Household {
  const [first = aRecord()] = members;
  const householder = members.find(({ relationship }) => relationship === '世帯主') ?? first;
  return { householdId: first.householdId, members, householderName: householder.name };
}

/** Ids in their order: `id-1`, `id-2`. */
export function numberedIds(): () => string {
  let last = 0;
  return () => `id-${++last}`;
}

/** A refusal for this reason, with these details and no others. */
export function refusedAs(reason: Reason, details: object = {}): unknown {
  return expect.objectContaining({ reason, details });
}
