import { describe, expect, it } from '@jest/globals';
import { aHousehold, aMember, numberedIds, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import { certifiedPersonOf } from '../certificates/move-out-certificate.js';
import type { Household } from '../register/household.js';
import { decideMoveIn } from './move-in.js';

const TODAY = '2016-05-27';
const HERE = '東京都国立市東一丁目1番1号';
const TARO = aCode(1);
const certified = [certifiedPersonOf(aMember(1, '世帯主', { deletedOn: '2016-05-20' }), '文京 太郎')];

type Entry = Parameters<typeof decideMoveIn>[0];

const decide = (entry: Entry, { joined }: { joined?: Household } = {}) =>
  decideMoveIn(entry, {
    ...{ certified, joined, known: [], superseded: new Set<string>(), freshCodes: [] },
    ...{ today: TODAY, newId: numberedIds() },
  });

describe('People who join a household', () => {
  const joined = aHousehold([aMember(7, '世帯主', { address: HERE }), aMember(8, '妻', { address: HERE })]);
  const joining: Entry = {
    ...{ movedInOn: '2016-05-20', address: HERE, origin: 'MUNICIPALITY', certificates: ['JUKI1:'] },
    ...{ joinHouseholdOf: aCode(8), relationships: [] },
    people: [{ relationship: '縁故者', residentRecordCode: TARO }],
  };

  it('stand in it beside its members, who stay as they are', () => {
    const { before, after } = decide(joining, { joined });
    expect(before).toEqual(joined.members);
    expect(after.slice(0, 2)).toEqual(joined.members);
    expect(after.map(({ householdId }) => householdId)).toEqual(Array.from({ length: 3 }, () => joined.householdId));
    expect(after[2]?.relationship).toBe('縁故者');
  });

  it('may become its householder, where that is stated of all concerned', () => {
    const people = [{ relationship: '世帯主', residentRecordCode: TARO }];
    const relationships = [
      { residentRecordCode: aCode(7), relationship: '縁故者' },
      { residentRecordCode: aCode(8), relationship: '縁故者' },
    ];
    const { after } = decide({ ...joining, people, relationships }, { joined });
    expect(after.map(({ relationship }) => relationship)).toEqual(['縁故者', '縁故者', '世帯主']);
    expect(() => decide({ ...joining, people }, { joined })).toThrow(
      refusedAs('ONE_HOUSEHOLDER', { fault: 'would have two' }),
    );
  });

  it('are refused as NO_SUCH_HOUSEHOLD where nobody of it is there', () => {
    expect(() => decide(joining)).toThrow(refusedAs('NO_SUCH_HOUSEHOLD', { field: 'joinHouseholdOf' }));
  });

  it('are refused as ADDRESS_CONTRADICTED where they live elsewhere', () => {
    const elsewhere = aHousehold([aMember(7, '世帯主'), aMember(8, '妻')]);
    expect(() => decide(joining, { joined: elsewhere })).toThrow(refusedAs('ADDRESS_CONTRADICTED'));
  });
});
