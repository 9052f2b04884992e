import { describe, expect, it } from '@jest/globals';
import { aHousehold, aMember, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import { writingsOf } from '../register/decision.js';
import type { ExOfficioCorrection } from './ex-officio.js';
import { decideExOfficioCorrection } from './ex-officio-correction.js';

const TODAY = '2016-05-27';
const ON = '2016-05-20';
const THERE = '東京都文京区本郷三丁目1番1号';
const taro = aMember(1, '世帯主');
const hanako = aMember(2, '妻', { name: '文京 花子' });
const jiro = aMember(3, '子');
const family = aHousehold([taro, hanako, jiro]);
const maria = aMember(4, '世帯主', {
  ...{ name: 'GARCIA MARIA', commonName: '文京 まりあ', sex: 'FEMALE', householdId: '131059-H0004' },
  ...{ registeredDomicile: null, firstListedPerson: null, nationality: 'ブラジル', residenceStatus: '永住者' },
});

const correct = (differing: Partial<ExOfficioCorrection>, corrected = hanako, household = family) =>
  decideExOfficioCorrection(
    { residentRecordCode: corrected.residentRecordCode, on: ON, withoutCommonName: false, ...differing },
    corrected,
    household,
    TODAY,
  );

describe('A correction ex officio', () => {
  it('writes what is stated and nothing else, of one person and nobody else', () => {
    const { kind, causeOn, deadline, before, after } = correct({ name: '文京 華子', nameReading: 'ブンキョウ カコ' });
    expect({ kind, causeOn, deadline, before }).toEqual({
      ...{ kind: 'EX_OFFICIO_CORRECTION', causeOn: ON, deadline: null, before: family.members },
    });
    expect(after).toEqual([taro, { ...hanako, name: '文京 華子', nameReading: 'ブンキョウ カコ' }, jiro]);
  });

  it('writes the address of the whole household', () => {
    expect(correct({ address: THERE }, jiro).after).toEqual(family.members.map((one) => ({ ...one, address: THERE })));
  });

  it('never touches the code, which has a correction of its own', () => {
    const codes = correct({ name: '文京 華子' }).after.map(({ residentRecordCode }) => residentRecordCode);
    expect(codes).toEqual([aCode(1), aCode(2), aCode(3)]);
  });

  it('gives a foreign resident a common name, another one, or none', () => {
    const household = aHousehold([maria]);
    expect(correct({ commonName: '文京 マリ' }, maria, household).after[0]?.commonName).toBe('文京 マリ');
    expect(correct({ withoutCommonName: true }, maria, household).after[0]?.commonName).toBeNull();
    expect(correct({ residenceStatus: '定住者' }, maria, household).after).toEqual([
      { ...maria, residenceStatus: '定住者' },
    ]);
  });

  it('may correct a household that waits for its notification of who follows', () => {
    const waiting = aHousehold([hanako, jiro]);
    expect(correct({ name: '文京 華子' }, hanako, waiting).after).toHaveLength(2);
  });

  it('is refused as NOTHING_CHANGES where the register says so already', () => {
    expect(() => writingsOf(correct({ name: hanako.name, birthDate: hanako.birthDate }), TODAY)).toThrow(
      refusedAs('NOTHING_CHANGES'),
    );
    expect(() => writingsOf(correct({}), TODAY)).toThrow(refusedAs('NOTHING_CHANGES'));
  });
});

describe('A correction ex officio is refused where the household would contradict itself', () => {
  it('as ONE_HOUSEHOLDER with two householders', () => {
    expect(() => correct({ relationship: '世帯主' })).toThrow(
      refusedAs('ONE_HOUSEHOLDER', { fault: 'would have two' }),
    );
  });

  it('as RELATIONSHIP_CONTRADICTED with the other sex, or with two spouses', () => {
    const otherSex = refusedAs('RELATIONSHIP_CONTRADICTED', { fault: 'is of the other sex' });
    expect(() => correct({ sex: 'MALE' })).toThrow(otherSex);
    expect(correct({ sex: 'FEMALE' }, jiro).after[2]?.sex).toBe('FEMALE');
    const fault = 'would give the householder two spouses';
    expect(() => correct({ relationship: '夫' }, jiro)).toThrow(refusedAs('RELATIONSHIP_CONTRADICTED', { fault }));
  });
});

describe('A record stays that of a Japanese or of a foreign resident, and not half of each', () => {
  const household = aHousehold([maria]);
  const half = expect.objectContaining({ name: 'Refusal' });
  const japanese = { registeredDomicile: '東京都文京区春日一丁目1番地', firstListedPerson: '文京 まりあ' };

  it('where a Japanese would be given a nationality and a residence status', () => {
    expect(() => correct({ nationality: 'ブラジル', residenceStatus: '永住者' })).toThrow(half);
    expect(() => correct({ nationality: 'ブラジル' })).toThrow(half);
  });

  it('where a Japanese would be given a common name', () => {
    expect(() => correct({ commonName: '文京 ハナ' })).toThrow(half);
  });

  it('where a foreign resident would be given a family register beside the nationality, or half of one', () => {
    expect(() => correct({ ...japanese, withoutCommonName: true }, maria, household)).toThrow(half);
    expect(() => correct({ registeredDomicile: japanese.registeredDomicile }, maria, household)).toThrow(half);
  });
});

describe('The days of a correction ex officio', () => {
  const refusal = (field: string, fault: string) => refusedAs('DATE_NOT_POSSIBLE', { field, fault });

  it('let its cause have arisen today or long ago, and not tomorrow', () => {
    for (const on of [TODAY, '2005-01-01']) expect(correct({ on, name: '文京 華子' }).causeOn).toBe(on);
    expect(() => correct({ on: '2016-05-28', name: '文京 華子' })).toThrow(refusal('on', 'lies in the future'));
  });

  it('let a birth be today for whoever came today, and not tomorrow', () => {
    const newborn = { ...jiro, becameResidentOn: TODAY };
    const household = aHousehold([taro, newborn]);
    expect(correct({ birthDate: TODAY }, newborn, household).after[1]?.birthDate).toBe(TODAY);
    expect(() => correct({ birthDate: '2016-05-28' }, newborn, household)).toThrow(
      refusal('birthDate', 'lies in the future'),
    );
  });

  it('let a birth be on the day of becoming a resident, and not on the day after', () => {
    expect(correct({ birthDate: '2010-04-01' }).after[1]?.birthDate).toBe('2010-04-01');
    expect(() => correct({ birthDate: '2010-04-02' })).toThrow(refusal('birthDate', 'lies before the birth'));
  });
});
