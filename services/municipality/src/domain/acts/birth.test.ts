import { describe, expect, it } from '@jest/globals';
import { nextVersion } from '#core/domain/change-version.js';
import { aHousehold, aMember, numberedIds, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import { type Birth, type BirthFacts, decideBirth } from './birth.js';

const TODAY = '2016-05-27';
const BORN = '2016-05-20';
const taro = aMember(1, '世帯主');
const hanako = aMember(2, '妻', { name: '文京 花子', becameResidentOn: '2014-04-01' });
const jiro = aMember(3, '子', { name: '文京 次郎', birthDate: '2012-03-03' });
const family = aHousehold([taro, hanako, jiro]);

const child = {
  ...{ name: '文京 三郎', nameReading: 'ブンキョウ サブロウ', birthDate: BORN, sex: 'MALE' as const },
  ...{ registeredDomicile: '東京都文京区春日一丁目1番地', firstListedPerson: '文京 太郎' },
};
const named = { name: hanako.name, birthDate: hanako.birthDate, sex: hanako.sex };

const decide = (differing: Partial<Birth> = {}, facts: Partial<BirthFacts> = {}) =>
  decideBirth(
    { parent: named, child, ...differing },
    { parent: hanako, household: family, freshCode: aCode(91), today: TODAY, newId: numberedIds(), ...facts },
  );
const bornOn = (birthDate: string, facts: Partial<BirthFacts> = {}) =>
  decide({ child: { ...child, birthDate } }, facts).after.at(-1);

describe('A child that is born', () => {
  it("is entered in the parent's household, with a fresh code, as a resident from birth", () => {
    const { kind, causeOn, deadline, before, after } = decide();
    expect({ kind, causeOn, deadline, before }).toEqual({
      ...{ kind: 'BIRTH', causeOn: BORN, deadline: null, before: family.members },
    });
    expect(after.slice(0, 3)).toEqual(family.members);
    expect(after[3]).toEqual({
      ...{ ...child, recordId: 'id-1', householdId: family.householdId, relationship: '子', address: hanako.address },
      ...{ becameResidentOn: BORN, notifiedOn: TODAY, previousAddress: null, municipalItems: '' },
      ...{ residentRecordCode: aCode(91), changeVersion: nextVersion(0, TODAY) },
      ...{ commonName: null, nationality: null, residenceStatus: null, movedWithinTownOn: null },
      ...{ deletedOn: null, deletionReason: null, destination: null },
    });
  });

  it.each([
    ['世帯主', '子'],
    ['妻', '子'],
    ['妻(未届)', '妻(未届)の子'],
    ['子', '子の子'],
    ['同居人', '同居人'],
  ])('to a %s is %s', (relationship, expected) => {
    const parent = { ...hanako, relationship };
    const others = relationship === '世帯主' ? [jiro] : [taro, jiro];
    const household = aHousehold([parent, ...others]);
    expect(decide({}, { parent, household }).after.at(-1)?.relationship).toBe(expected);
  });

  it('has the relationship that the report states, where it does not follow from the parent’s', () => {
    expect(decide({ relationship: '妻の子' }).after.at(-1)?.relationship).toBe('妻の子');
  });

  it('may come to a household that has lost its householder and has notified no other yet', () => {
    const household = aHousehold([hanako, jiro]);
    expect(decide({}, { household }).after.map(({ relationship }) => relationship)).toEqual(['妻', '子', '子']);
  });

  it('may have a twin of another name', () => {
    const twin = aMember(4, '子', { name: '文京 四郎', birthDate: BORN });
    expect(decide({}, { household: aHousehold([taro, hanako, twin]) }).after).toHaveLength(4);
  });
});

describe('A birth is refused', () => {
  it('as ALREADY_REGISTERED where the child is in the household: the report was repeated', () => {
    const same = aMember(4, '子', { name: '文京　三郎', birthDate: BORN });
    expect(() => decide({}, { household: aHousehold([taro, hanako, same]) })).toThrow(refusedAs('ALREADY_REGISTERED'));
  });

  it('as ONE_HOUSEHOLDER where the child would head the household', () => {
    expect(() => decide({ relationship: '世帯主' })).toThrow(refusedAs('ONE_HOUSEHOLDER', { fault: 'would have two' }));
  });

  it('as RELATIONSHIP_CONTRADICTED where the relationship is that of the other sex', () => {
    expect(() => decide({ relationship: '妹' })).toThrow(
      refusedAs('RELATIONSHIP_CONTRADICTED', { fault: 'is of the other sex' }),
    );
  });
});

describe('The day of a birth', () => {
  const refusal = (fault: string) => refusedAs('DATE_NOT_POSSIBLE', { field: 'birthDate', fault });

  it('may be today, and is refused when it is tomorrow', () => {
    expect(bornOn(TODAY)?.birthDate).toBe(TODAY);
    expect(() => bornOn('2016-05-28')).toThrow(refusal('lies in the future'));
  });

  it('may be the day on which the parent became a resident, and is refused when it is the day before', () => {
    expect(bornOn('2014-04-01')?.becameResidentOn).toBe('2014-04-01');
    expect(() => bornOn('2014-03-31')).toThrow(refusal('lies before the day on which the parent became a resident'));
  });

  it("is refused when it is the parent's own, or before", () => {
    const parent = { ...hanako, birthDate: '2014-04-01' };
    const fault = "lies before the day after the parent's birth";
    for (const day of ['2014-04-01', '2014-03-31']) expect(() => bornOn(day, { parent })).toThrow(refusal(fault));
  });

  it('has no deadline here: that of the family register is not ours', () => {
    expect(decide({ child: { ...child, birthDate: '2014-04-01' } }).deadline).toBeNull();
  });
});
