import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { type SeededMunicipality, seedResidents } from './residents.js';
import { areaOf } from './towns.js';

const TODAY = '2016-05-27';
const NETWORK = JSON.parse(readFileSync(new URL('../network.json', import.meta.url), 'utf8')) as {
  offices: { office: string }[];
};
const MUNICIPALITIES = NETWORK.offices
  .filter(({ office }) => office.startsWith('municipality/'))
  .map(({ office }) => office.slice('municipality/'.length));

const seeded = seedResidents(MUNICIPALITIES, 'juki-net');
const records = seeded.flatMap((municipality) => municipality.records);

describe('The same residents from the same seed', () => {
  it('seeds the same residents, restrictions and cards from the same seed', () => {
    expect(seedResidents(MUNICIPALITIES, 'juki-net')).toEqual(seeded);
  });

  it('seeds other residents from another seed', () => {
    const others = seedResidents(MUNICIPALITIES, 'another seed').flatMap((municipality) => municipality.records);
    expect(others.map((record) => record.name)).not.toEqual(records.map((record) => record.name));
  });

  it('seeds the same residents of a municipality whichever other municipalities are asked for', () => {
    expect(seedResidents(['141003'], 'juki-net')).toEqual([seeded[MUNICIPALITIES.indexOf('141003')]]);
  });

  it('seeds all municipalities of the network file', () => {
    expect(seeded.map(({ municipality }) => municipality)).toEqual(MUNICIPALITIES);
  });

  it('refuses a municipality whose towns it does not know, and too few households for its promises', () => {
    expect(() => seedResidents(['011011'], 'juki-net')).toThrow(RangeError);
    expect(() => seedResidents(['131059'], 'juki-net', 3)).toThrow(RangeError);
  });
});

describe('Households', () => {
  const households = [...Map.groupBy(records.filter(isActive), (record) => record.householdId).values()];

  it('has exactly one householder in each household with active members', () => {
    const householders = households.map(
      (household) => household.filter((record) => record.relationship === '世帯主').length,
    );
    expect(new Set(householders)).toEqual(new Set([1]));
  });

  it('has all members of a household at the same address, and no two households there', () => {
    const addresses = households.map((household) => [...new Set(household.map((record) => record.address))]);
    expect(addresses.filter((inOneHousehold) => inOneHousehold.length !== 1)).toEqual([]);
    expect(new Set(addresses.flat()).size).toBe(households.length);
  });

  it('writes relationships as paths from the householder, and children as 子', () => {
    const path = /^(世帯主|同居人|[夫妻](\(未届\))?|[父母]|子(の[子妻])?)$/;
    expect(records.filter((record) => !path.test(record.relationship))).toEqual([]);
  });

  it('has children born at least twenty years after the householder, and grandchildren after forty', () => {
    const tooOld = households.flatMap((household) => {
      const [householder] = household.filter((record) => record.relationship === '世帯主');
      return household.filter((record) => yearsBetween(householder, record) < leastYears(record.relationship));
    });
    expect(tooOld).toEqual([]);
  });
});

describe('Items of the records', () => {
  it('writes addresses that begin with the municipality, towns and numbers as they are written there', () => {
    const number = /([一二三四五六七八九十]丁目)?[0-9]+(番[0-9]+号|番地(の[0-9]+)?)( .+[0-9]{3}号)?$/;
    for (const { municipality, records: own } of seeded) {
      const { prefix } = areaOf(municipality);
      expect(own.filter(({ address }) => !address.startsWith(prefix) || !number.test(address))).toEqual([]);
    }
  });

  it('has born, resident, moved within the town, notified and deleted in this order, all before today', () => {
    const disordered = records.filter((record) => {
      const { birthDate, becameResidentOn, movedWithinTownOn, notifiedOn, deletedOn } = record;
      const days = [birthDate, becameResidentOn, movedWithinTownOn, notifiedOn, deletedOn].filter(
        (day) => day !== null,
      );
      return days.join() !== days.toSorted().join() || days.some((day) => day >= TODAY);
    });
    expect(disordered).toEqual([]);
  });

  it('has everybody notified within fourteen days', () => {
    const late = records.filter(
      (record) => record.notifiedOn > addDays(record.movedWithinTownOn ?? record.becameResidentOn, 14),
    );
    expect(late).toEqual([]);
  });

  it('has a previous address unless born there or there when foreign residents entered the register', () => {
    const wrong = records.filter((record) => {
      const born = record.becameResidentOn === record.birthDate;
      const entered = record.nationality !== null && record.becameResidentOn === '2012-07-09';
      return (record.previousAddress === null) !== (born || entered);
    });
    expect(wrong).toEqual([]);
  });

  it('has either a family register or a nationality and a residence status', () => {
    const japanese = records.filter((record) => record.nationality === null);
    const foreign = records.filter((record) => record.nationality !== null);
    expect(japanese.filter((record) => !record.registeredDomicile?.endsWith('番地'))).toEqual([]);
    expect(japanese.filter((record) => record.firstListedPerson === null || record.residenceStatus !== null)).toEqual(
      [],
    );
    expect(foreign.filter((record) => record.registeredDomicile ?? record.firstListedPerson)).toEqual([]);
    expect(foreign.filter((record) => record.residenceStatus === null)).toEqual([]);
  });

  it('writes every reading in katakana and the municipal items as JSON', () => {
    expect(records.filter((record) => !/^[ァ-ヴー ]+$/.test(record.nameReading))).toEqual([]);
    expect(records.map((record) => typeof JSON.parse(record.municipalItems))).toEqual(records.map(() => 'object'));
  });

  it('has moved about a quarter of the residents within the town and deleted about 3 % of the records', () => {
    const { records: many } = seedResidents(['131156'], 'many', 1000)[0] as SeededMunicipality;
    const moved = many.filter((record) => record.movedWithinTownOn !== null).length / many.length;
    const deleted = many.filter((record) => !isActive(record)).length / many.length;
    expect(Math.abs(moved - 0.25)).toBeLessThan(0.05);
    expect(Math.abs(deleted - 0.03)).toBeLessThan(0.015);
  });
});

function isActive(record: ResidentRecord): boolean {
  return record.deletedOn === null;
}

function yearsBetween(elder: ResidentRecord | undefined, younger: ResidentRecord): number {
  return Number(younger.birthDate.slice(0, 4)) - Number(elder?.birthDate.slice(0, 4));
}

function leastYears(relationship: string): number {
  return relationship === '子' ? 20 : relationship === '子の子' ? 40 : -Infinity;
}
