import { describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { SEQUENCE_SURNAMES, VARIANT_SURNAMES } from './names.js';
import { type SeededMunicipality, seedResidents } from './residents.js';

const TODAY = '2016-05-27';
const MUNICIPALITIES = ['131059', '131041', '131156', '132152', '141003', '074829'];
const SITUATIONS = [
  ...seedResidents(MUNICIPALITIES, 'juki-net').map((of) => ({ households: 40, seed: 'juki-net', ...of })),
  ...seedResidents(MUNICIPALITIES, 'few', 12).map((of) => ({ households: 12, seed: 'few', ...of })),
];

describe.each(SITUATIONS)(
  'Municipality $municipality of $households households from the seed "$seed"',
  (municipality) => {
    const active = municipality.records.filter(isActive);
    const sizeOf = (record: ResidentRecord) => active.filter((r) => r.householdId === record.householdId).length;
    const restricted = municipality.restrictions.map((restriction) => restriction.recordId);

    it('has a household of at least four', () => {
      expect(active.some((record) => sizeOf(record) >= 4)).toBe(true);
    });

    it('has several active residents whose names have rare characters, and some with a variation sequence', () => {
      const surnames = (list: { text: string }[]) =>
        active.filter((record) => list.some(({ text }) => record.name.startsWith(`${text} `))).length;
      expect(surnames(VARIANT_SURNAMES)).toBeGreaterThanOrEqual(2);
      expect(surnames(SEQUENCE_SURNAMES)).toBeGreaterThanOrEqual(2);
    });

    it('has a foreign resident with a common name', () => {
      expect(active.some((record) => record.nationality !== null && record.commonName !== null)).toBe(true);
    });

    it('has a deleted record of somebody who moved out, and one of somebody who died', () => {
      const reasons = new Set(municipality.records.map((record) => record.deletionReason));
      expect([...reasons].filter((reason) => reason !== null).sort()).toEqual(['DEATH', 'MOVE_OUT']);
    });

    it('has exactly one whole household under a protective measure and one record under correction', () => {
      const under = (kind: string) =>
        municipality.restrictions.filter((r) => r.kind === kind).map((r) => recordOf(municipality, r.recordId));
      const [first, ...others] = under('PROTECTIVE_MEASURE') as [ResidentRecord, ...ResidentRecord[]];
      expect(others.every((record) => record.householdId === first.householdId)).toBe(true);
      expect(sizeOf(first)).toBe(1 + others.length);
      expect(under('RECORD_UNDER_CORRECTION').filter(isActive)).toHaveLength(1);
    });

    it('has two active residents of different households who share name, birth date and sex', () => {
      const alike = Map.groupBy(active, (record) => [record.name, record.birthDate, record.sex].join());
      const shared = [...alike.values()].filter((group) => group.length > 1);
      expect(shared.map((group) => new Set(group.map((record) => record.householdId)).size)).toEqual([2]);
    });

    it('has an expired juki card, and three valid ones in unrestricted households of at least two', () => {
      const jukiCards = municipality.cards.filter((card) => card.kind === 'JUKI_CARD');
      const valid = jukiCards.filter((card) => card.expiresOn >= TODAY);
      const holders = active.filter((record) =>
        valid.some((card) => card.residentRecordCode === record.residentRecordCode),
      );
      const free = holders.filter((record) => sizeOf(record) >= 2 && !restricted.includes(record.recordId));
      expect(jukiCards.length).toBeGreaterThan(valid.length);
      expect(free.length).toBeGreaterThanOrEqual(3);
    });

    it('has a valid card of somebody under a restriction', () => {
      const codes = new Set(municipality.cards.map((card) => card.residentRecordCode));
      const holders = restricted.filter((id) => codes.has(recordOf(municipality, id).residentRecordCode));
      expect(holders.length).toBeGreaterThanOrEqual(1);
    });
  },
);

function isActive(record: ResidentRecord): boolean {
  return record.deletedOn === null;
}

function recordOf({ records }: SeededMunicipality, recordId: string): ResidentRecord {
  return records.find((record) => record.recordId === recordId) as ResidentRecord;
}
