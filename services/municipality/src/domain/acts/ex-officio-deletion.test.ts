import { describe, expect, it } from '@jest/globals';
import { aHousehold, aMember, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import type { ExOfficioDeletion } from './ex-officio.js';
import { decideExOfficioDeletion } from './ex-officio-deletion.js';

const TODAY = '2016-05-27';
const ON = '2016-05-20';
const [TARO, HANAKO, JIRO] = [aCode(1), aCode(2), aCode(3)];
const taro = aMember(1, '世帯主');
const hanako = aMember(2, '妻');
const jiro = aMember(3, '子', { becameResidentOn: '2012-03-03' });
const family = aHousehold([taro, hanako, jiro]);
const gone = { deletedOn: ON, deletionReason: 'EX_OFFICIO_DELETION' };

const decide = (people: string[], differing: Partial<ExOfficioDeletion> = {}) =>
  decideExOfficioDeletion({ people, on: ON, noLongerCovered: false, relationships: [], ...differing }, family, TODAY);

describe('People who do not live here', () => {
  it('have their records deleted ex officio, unchanged but for that, without a deadline', () => {
    const { kind, causeOn, deadline, before, after } = decide([TARO, HANAKO, JIRO]);
    expect({ kind, causeOn, deadline, before }).toEqual({
      ...{ kind: 'EX_OFFICIO_DELETION', causeOn: ON, deadline: null, before: family.members },
    });
    expect(after).toEqual(family.members.map((record) => ({ ...record, ...gone })));
  });

  it('have no cards any more, and it says whether the Act does not cover them', () => {
    expect(decide([JIRO]).cards).toEqual({ invalidBy: 'RECORD_DELETED' });
    expect(decide([JIRO], { noLongerCovered: true }).cards).toEqual({ invalidBy: 'NO_LONGER_COVERED' });
  });

  it('leave others, who are brought into order as they are after a move-out', () => {
    expect(decide([JIRO]).after).toEqual([{ ...jiro, ...gone }, taro, hanako]);
    expect(decide([TARO, JIRO]).after.at(-1)).toEqual({ ...hanako, relationship: '世帯主' });
    const relationships = [{ residentRecordCode: HANAKO, relationship: '世帯主' }];
    expect(decide([TARO], { relationships }).after.slice(1)).toEqual([{ ...hanako, relationship: '世帯主' }, jiro]);
  });
});

describe('A deletion ex officio is refused', () => {
  it('as ONE_HOUSEHOLDER where two or more stay without a householder', () => {
    expect(() => decide([TARO])).toThrow(refusedAs('ONE_HOUSEHOLDER', { fault: 'would have none' }));
  });

  it('as NOT_FOUND where a relationship is stated for somebody who goes', () => {
    const relationships = [{ residentRecordCode: JIRO, relationship: '子' }];
    expect(() => decide([JIRO], { relationships })).toThrow(refusedAs('NOT_FOUND', { field: 'relationships' }));
  });

  it('as DATE_NOT_POSSIBLE of tomorrow, not of today', () => {
    const refusal = refusedAs('DATE_NOT_POSSIBLE', { field: 'on', fault: 'lies in the future' });
    expect(() => decide([JIRO], { on: '2016-05-28' })).toThrow(refusal);
    expect(decide([JIRO], { on: TODAY }).causeOn).toBe(TODAY);
  });

  it('as DATE_NOT_POSSIBLE of the day before one of them became a resident, not of that day', () => {
    const fault = 'lies before the day on which one of them became a resident';
    expect(() => decide([JIRO], { on: '2012-03-02' })).toThrow(refusedAs('DATE_NOT_POSSIBLE', { field: 'on', fault }));
    expect(decide([JIRO], { on: '2012-03-03' }).causeOn).toBe('2012-03-03');
    expect(decide([HANAKO], { on: '2012-03-02' }).causeOn).toBe('2012-03-02');
  });
});
