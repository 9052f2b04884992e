import { describe, expect, it } from '@jest/globals';
import { aCode, aRecord } from '../../../../../test/support/records.js';
import { identificationOf, isHouseholder, newRecord, Person } from './person.js';

const particulars = {
  ...{ name: '文京 太郎', nameReading: 'ブンキョウ タロウ' },
  ...{ birthDate: '1980-04-01', sex: 'MALE' as const },
};
const japanese = { registeredDomicile: '東京都文京区春日一丁目1番地', firstListedPerson: '文京 太郎' };
const foreign = { nationality: 'ブラジル', residenceStatus: '永住者' };
const isPerson = (items: object) => Person.safeParse({ ...particulars, ...items }).success;

describe('Somebody who comes onto a register', () => {
  it('has a registered domicile with its first-listed person, who is Japanese', () => {
    expect(isPerson(japanese)).toBe(true);
  });

  it('has a nationality with a residence status, who is a foreign resident, and may have a common name', () => {
    expect(isPerson(foreign)).toBe(true);
    expect(isPerson({ ...foreign, commonName: '文京 まりあ' })).toBe(true);
  });

  it.each([
    ['neither a registered domicile nor a nationality', {}],
    ['a registered domicile without its first-listed person', { registeredDomicile: 'x' }],
    ['a first-listed person without a registered domicile', { firstListedPerson: 'x' }],
    ['a nationality without a residence status', { nationality: 'x' }],
    ['a residence status without a nationality', { residenceStatus: 'x' }],
    ['both', { ...japanese, ...foreign }],
    ['a registered domicile and half of the other', { ...japanese, nationality: 'x' }],
    ['a nationality and half of the other', { ...foreign, firstListedPerson: 'x' }],
    ['half of each', { registeredDomicile: 'x', nationality: 'x' }],
    ['a common name and a registered domicile', { ...japanese, commonName: '文京 まりあ' }],
    ['a common name alone', { commonName: '文京 まりあ' }],
  ])('is not half one and half the other: with %s', (_what, items) => expect(isPerson(items)).toBe(false));

  it.each([
    ['name', ''],
    ['name', ' '],
    ['name', '文京\n太郎'],
    ['name', '文京\u202e太郎'],
    ['name', 'あ'.repeat(101)],
    ['nameReading', ''],
    ['birthDate', '2015-02-29'],
    ['sex', 'OTHER'],
    ['registeredDomicile', ''],
    ['residentRecordCode', '24727059608'],
  ])('is refused where the %s is %j', (field, value) => {
    expect(isPerson({ ...japanese, [field]: value })).toBe(false);
  });

  it('may have a name of a hundred characters outside the basic plane', () => {
    expect(isPerson({ ...japanese, name: '𠮷'.repeat(100) })).toBe(true);
    expect(isPerson({ ...japanese, name: '𠮷'.repeat(101) })).toBe(false);
  });
});

describe('The record of somebody new', () => {
  const arrival = {
    ...{ recordId: 'record-1', householdId: 'household-1', relationship: '世帯主' },
    ...{ address: '東京都文京区春日一丁目16番21号', becameResidentOn: '2016-05-20', notifiedOn: '2016-05-27' },
    ...{ previousAddress: null, municipalItems: '', residentRecordCode: aCode(1), changeVersion: 9 },
  };

  it('has what was stated of them and how they came, is active, and has moved nowhere yet', () => {
    expect(newRecord({ ...particulars, ...japanese }, arrival)).toEqual({
      ...{ ...particulars, ...japanese, ...arrival },
      ...{ commonName: null, nationality: null, residenceStatus: null },
      ...{ movedWithinTownOn: null, deletedOn: null, deletionReason: null, destination: null },
    });
  });

  it('has the nationality, the residence status and the common name of a foreign resident', () => {
    const person = { ...particulars, ...foreign, commonName: '文京 まりあ' };
    expect(newRecord(person, arrival)).toMatchObject({
      ...{ ...foreign, commonName: '文京 まりあ', registeredDomicile: null, firstListedPerson: null },
    });
  });
});

describe('What of a record may travel (Article 30-5)', () => {
  it('is name, birth date, sex, address and code, and nothing else (DATA)', () => {
    expect(identificationOf(aRecord())).toEqual({
      ...{ name: '文京 太郎', birthDate: '1980-04-01', sex: 'MALE' },
      ...{ address: '東京都文京区春日一丁目16番21号', residentRecordCode: aCode(1) },
    });
  });
});

describe('The householder', () => {
  it('is whoever stands to the householder as themselves', () => {
    expect(isHouseholder(aRecord())).toBe(true);
    for (const relationship of ['妻', '子', '同居人']) expect(isHouseholder(aRecord({ relationship }))).toBe(false);
  });
});
