import { describe, expect, it } from '@jest/globals';
import { aHousehold, aMember, numberedIds, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import { type ChangeOfAddress, type Departure, decideChangeOfAddress } from './change-of-address.js';

const TODAY = '2016-05-27';
const MOVED = '2016-05-20';
const THERE = '東京都文京区本郷三丁目1番1号';
const [TARO, HANAKO, JIRO] = [aCode(1), aCode(2), aCode(3)];
const taro = aMember(1, '世帯主');
const hanako = aMember(2, '妻');
const jiro = aMember(3, '子', { becameResidentOn: '2012-03-03' });
const family = aHousehold([taro, hanako, jiro]);
const grandmother = aMember(7, '世帯主', { householdId: '131059-H0007', address: THERE, sex: 'FEMALE' });
const hers = aHousehold([grandmother]);

const decide = (movers: string[], differing: Partial<ChangeOfAddress> = {}, facts: Partial<Departure> = {}) =>
  decideChangeOfAddress(
    {
      notifier: { photoId: { kind: 'PASSPORT', expiresOn: '2018-05-01', name: taro.name }, letterOfAttorney: false },
      ...{ movedOn: MOVED, address: THERE, movers, relationships: [], ...differing },
    },
    { left: family, joined: undefined, today: TODAY, newId: numberedIds(), ...facts },
  );

describe('A household that moves within the town', () => {
  it('keeps its key and its order, with the new address and the day of moving', () => {
    const { kind, causeOn, deadline, before, after } = decide([TARO, HANAKO, JIRO]);
    expect({ kind, causeOn, deadline }).toEqual({
      ...{ kind: 'CHANGE_OF_ADDRESS', causeOn: MOVED, deadline: '2016-06-03' },
    });
    expect(before).toEqual(family.members);
    expect(after).toEqual(family.members.map((one) => ({ ...one, address: THERE, movedWithinTownOn: MOVED })));
  });
});

describe('A part of a household that moves within the town', () => {
  it('makes a household of its own, and whoever goes alone heads it', () => {
    const moved = { householdId: 'id-1', address: THERE, movedWithinTownOn: MOVED, relationship: '世帯主' };
    expect(decide([JIRO]).after).toEqual([taro, hanako, { ...jiro, ...moved }]);
  });

  it('says who heads each household, where two or more go or stay without a householder', () => {
    const relationships = [{ residentRecordCode: HANAKO, relationship: '世帯主' }];
    const { after } = decide([HANAKO, JIRO], { relationships });
    expect(after.map(({ householdId, relationship }) => [householdId, relationship])).toEqual([
      [family.householdId, '世帯主'],
      ['id-1', '世帯主'],
      ['id-1', '子'],
    ]);
    const refusal = refusedAs('ONE_HOUSEHOLDER', { fault: 'would have none' });
    expect(() => decide([HANAKO, JIRO])).toThrow(refusal);
    expect(() => decide([TARO])).toThrow(refusal);
  });

  it('joins another household, whose members stay as they are', () => {
    const relationships = [{ residentRecordCode: JIRO, relationship: '子の子' }];
    const joining = { joinHouseholdOf: aCode(7), relationships };
    const { before, after } = decide([JIRO], joining, { joined: hers });
    expect(before).toEqual([...family.members, grandmother]);
    const moved = { householdId: hers.householdId, address: THERE, movedWithinTownOn: MOVED, relationship: '子の子' };
    expect(after).toEqual(expect.arrayContaining([taro, hanako, grandmother, { ...jiro, ...moved }]));
    expect(after).toHaveLength(4);
  });
});

describe('A change of address is refused', () => {
  it('as NOTHING_CHANGES where all who move live there already', () => {
    expect(() => decide([TARO, HANAKO, JIRO], { address: taro.address })).toThrow(refusedAs('NOTHING_CHANGES'));
    expect(() => decide([JIRO], { address: taro.address })).toThrow(refusedAs('NOTHING_CHANGES'));
  });

  it('as NO_SUCH_HOUSEHOLD where nobody of the household that they join is there', () => {
    const refusal = refusedAs('NO_SUCH_HOUSEHOLD', { field: 'joinHouseholdOf' });
    expect(() => decide([JIRO], { joinHouseholdOf: aCode(9) })).toThrow(refusal);
  });

  it('as NO_SUCH_HOUSEHOLD where they would join the household that they leave', () => {
    const refusal = refusedAs('NO_SUCH_HOUSEHOLD', { field: 'joinHouseholdOf' });
    expect(() => decide([JIRO], { joinHouseholdOf: TARO }, { joined: family })).toThrow(refusal);
    // As the register reads it: the same household, read once more.
    const again = aHousehold(family.members.map((record) => ({ ...record })));
    expect(() => decide([JIRO], { joinHouseholdOf: TARO }, { joined: again })).toThrow(refusal);
  });

  it('as ADDRESS_CONTRADICTED where the household that they join lives elsewhere', () => {
    const elsewhere = aHousehold([{ ...grandmother, address: '東京都文京区後楽一丁目1番1号' }]);
    expect(() => decide([JIRO], { joinHouseholdOf: aCode(7) }, { joined: elsewhere })).toThrow(
      refusedAs('ADDRESS_CONTRADICTED'),
    );
  });

  it('as ONE_HOUSEHOLDER where a householder joins a household and no relationship is stated', () => {
    const left = aHousehold([taro]);
    expect(() => decide([TARO], { joinHouseholdOf: aCode(7) }, { left, joined: hers })).toThrow(
      refusedAs('ONE_HOUSEHOLDER', { fault: 'would have two' }),
    );
  });
});

describe('The day of a change of address', () => {
  const refusal = (fault: string) => refusedAs('DATE_NOT_POSSIBLE', { field: 'movedOn', fault });

  it('may be today, and is refused when it is tomorrow', () => {
    expect(decide([JIRO], { movedOn: TODAY }).causeOn).toBe(TODAY);
    expect(() => decide([JIRO], { movedOn: '2016-05-28' })).toThrow(refusal('lies in the future'));
  });

  it('may be the day on which they became residents, and is refused when it is the day before', () => {
    expect(decide([JIRO], { movedOn: '2012-03-03' }).causeOn).toBe('2012-03-03');
    expect(() => decide([JIRO], { movedOn: '2012-03-02' })).toThrow(refusal('lies before their last move'));
  });

  it('may be that of their last move, and is refused when it is the day before', () => {
    const moved = aHousehold([{ ...taro, movedWithinTownOn: '2015-07-01' }]);
    expect(decide([TARO], { movedOn: '2015-07-01' }, { left: moved }).causeOn).toBe('2015-07-01');
    expect(() => decide([TARO], { movedOn: '2015-06-30' }, { left: moved })).toThrow(
      refusal('lies before their last move'),
    );
  });

  it('may lie before the day on which somebody who stays became a resident', () => {
    expect(decide([HANAKO], { movedOn: '2012-03-02' }).causeOn).toBe('2012-03-02');
  });

  it('has its deadline fourteen days later', () => {
    expect(decide([JIRO], { movedOn: '2016-02-15' }).deadline).toBe('2016-02-29');
  });
});
