import { describe, expect, it } from '@jest/globals';
import { aHousehold, aMember, numberedIds, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import { writingsOf } from '../register/decision.js';
import type { Departure } from './change-of-address.js';
import { decideHouseholdChange, type HouseholdChange } from './household-change.js';

const TODAY = '2016-05-27';
const [TARO, HANAKO, JIRO, UME] = [aCode(1), aCode(2), aCode(3), aCode(7)];
const taro = aMember(1, '世帯主');
const hanako = aMember(2, '妻');
const jiro = aMember(3, '子', { becameResidentOn: '2012-03-03' });
const family = aHousehold([taro, hanako, jiro]);
const ume = aMember(7, '世帯主', { householdId: '131059-H0007', sex: 'FEMALE', becameResidentOn: '2014-04-01' });
const hers = aHousehold([ume]);

const states = (residentRecordCode: string, relationship: string) => ({ residentRecordCode, relationship });
const places = (records: { householdId: string; relationship: string }[]) =>
  records.map(({ householdId, relationship }) => `${householdId} ${relationship}`);

const decide = (differing: Partial<HouseholdChange>, facts: Partial<Departure> = {}) =>
  decideHouseholdChange(
    {
      notifier: { photoId: { kind: 'PASSPORT', expiresOn: '2018-05-01', name: taro.name }, letterOfAttorney: false },
      ...{ changedOn: '2016-05-20', householdOf: TARO, leaving: [], relationships: [], ...differing },
    },
    { left: family, joined: undefined, today: TODAY, newId: numberedIds(), ...facts },
  );

describe('A household that changes', () => {
  it('has another householder, where that is stated of both', () => {
    const relationships = [states(HANAKO, '世帯主'), states(TARO, '夫')];
    const { kind, causeOn, deadline, before, after } = decide({ relationships });
    expect({ kind, causeOn, deadline, before }).toEqual({
      ...{ kind: 'HOUSEHOLD_CHANGE', causeOn: '2016-05-20', deadline: '2016-06-03', before: family.members },
    });
    expect(after).toEqual([{ ...taro, relationship: '夫' }, { ...hanako, relationship: '世帯主' }, jiro]);
  });

  it('has a householder again, who follows one who died', () => {
    const left = aHousehold([hanako, jiro]);
    const { after } = decide({ householdOf: JIRO, relationships: [states(HANAKO, '世帯主')] }, { left });
    expect(after.map(({ relationship }) => relationship)).toEqual(['世帯主', '子']);
  });

  it('is divided, and whoever leaves alone heads a household of their own at the same address', () => {
    const { after } = decide({ leaving: [JIRO] });
    expect(after).toEqual([taro, hanako, { ...jiro, householdId: 'id-1', relationship: '世帯主' }]);
  });

  it('is divided in two, where it is stated who heads those who leave', () => {
    const { after } = decide({ leaving: [HANAKO, JIRO], relationships: [states(HANAKO, '世帯主')] });
    expect(places(after)).toEqual(['131059-H0001 世帯主', 'id-1 世帯主', 'id-1 子']);
  });

  it('is joined with another: all of it goes there', () => {
    const leaving = [TARO, HANAKO, JIRO];
    const relationships = [states(TARO, '子'), states(HANAKO, '子の妻'), states(JIRO, '子の子')];
    const { before, after } = decide({ leaving, joinHouseholdOf: UME, relationships }, { joined: hers });
    expect(before).toEqual([...family.members, ume]);
    expect(places(after)).toEqual([
      '131059-H0007 子',
      '131059-H0007 子の妻',
      '131059-H0007 子の子',
      '131059-H0007 世帯主',
    ]);
  });

  it('tells the offices above nothing (DATA)', () => {
    const decision = decide({ leaving: [HANAKO, JIRO], relationships: [states(HANAKO, '世帯主')] });
    expect(writingsOf(decision, TODAY).map(({ change }) => change)).toEqual([null, null]);
  });
});

describe('A household change is refused', () => {
  it('as NOTHING_CHANGES where everybody leaves and joins nobody: it is the same household', () => {
    const decision = decide({ leaving: [TARO, HANAKO, JIRO] });
    expect(() => writingsOf(decision, TODAY)).toThrow(refusedAs('NOTHING_CHANGES'));
  });

  it('as NOTHING_CHANGES where the register says so already', () => {
    const decision = decide({ relationships: [states(HANAKO, '妻')] });
    expect(() => writingsOf(decision, TODAY)).toThrow(refusedAs('NOTHING_CHANGES'));
  });

  it('as NOT_SAME_HOUSEHOLD where somebody who leaves is no member', () => {
    const refusal = refusedAs('NOT_SAME_HOUSEHOLD', { field: 'leaving' });
    expect(() => decide({ leaving: [UME] })).toThrow(refusal);
    expect(() => decide({ leaving: [JIRO, UME] })).toThrow(refusal);
  });

  it('as NO_SUCH_HOUSEHOLD where nobody of the household that they join is there, or it is their own', () => {
    const refusal = refusedAs('NO_SUCH_HOUSEHOLD', { field: 'joinHouseholdOf' });
    const again = aHousehold(family.members.map((record) => ({ ...record })));
    expect(() => decide({ leaving: [JIRO], joinHouseholdOf: aCode(9) })).toThrow(refusal);
    expect(() => decide({ leaving: [JIRO], joinHouseholdOf: TARO }, { joined: again })).toThrow(refusal);
  });

  it('as ADDRESS_CONTRADICTED where the household that they join lives elsewhere: nobody moves by it', () => {
    const joined = aHousehold([{ ...ume, address: '東京都文京区本郷三丁目1番1号' }]);
    expect(() => decide({ leaving: [JIRO], joinHouseholdOf: UME }, { joined })).toThrow(
      refusedAs('ADDRESS_CONTRADICTED'),
    );
  });

  it('as ONE_HOUSEHOLDER where a household would have two householders, or none', () => {
    expect(() => decide({ relationships: [states(HANAKO, '世帯主')] })).toThrow(
      refusedAs('ONE_HOUSEHOLDER', { fault: 'would have two' }),
    );
    expect(() => decide({ leaving: [TARO] })).toThrow(refusedAs('ONE_HOUSEHOLDER', { fault: 'would have none' }));
  });

  it('as RELATIONSHIP_CONTRADICTED where a relationship is that of the other sex', () => {
    expect(() => decide({ relationships: [states(JIRO, '子の妻')] })).toThrow(
      refusedAs('RELATIONSHIP_CONTRADICTED', { fault: 'is of the other sex' }),
    );
  });
});

describe('The day of a household change', () => {
  const refusal = (fault: string) => refusedAs('DATE_NOT_POSSIBLE', { field: 'changedOn', fault });
  const TOO_EARLY = 'lies before the day on which a member became a resident';
  const relationships = [states(HANAKO, '世帯主'), states(TARO, '夫')];

  it('may be today, and is refused when it is tomorrow', () => {
    expect(decide({ changedOn: TODAY, relationships }).causeOn).toBe(TODAY);
    expect(() => decide({ changedOn: '2016-05-28', relationships })).toThrow(refusal('lies in the future'));
  });

  it('may be the day on which the last member became a resident, and is refused when it is the day before', () => {
    expect(decide({ changedOn: '2012-03-03', relationships }).causeOn).toBe('2012-03-03');
    expect(() => decide({ changedOn: '2012-03-02', relationships })).toThrow(refusal(TOO_EARLY));
  });

  it('counts the members of the household that is joined', () => {
    const joining = { leaving: [JIRO], joinHouseholdOf: UME, relationships: [states(JIRO, '縁故者')] };
    expect(decide({ ...joining, changedOn: '2014-04-01' }, { joined: hers }).causeOn).toBe('2014-04-01');
    expect(() => decide({ ...joining, changedOn: '2014-03-31' }, { joined: hers })).toThrow(refusal(TOO_EARLY));
  });
});
