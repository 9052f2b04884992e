import { describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import { aHousehold, aMember, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import { isLate } from '../register/act.js';
import { decideMoveOut, type MoveOut } from './move-out.js';

const [TARO, HANAKO, JIRO] = [aCode(1), aCode(2), aCode(3)];
const taro = aMember(1, '世帯主');
const hanako = aMember(2, '妻');
const jiro = aMember(3, '子', { becameResidentOn: '2012-03-03', birthDate: '2012-03-03' });
const family = aHousehold([taro, hanako, jiro]);

const PLANNED = '2016-06-10';
const DESTINATION = '東京都国立市東一丁目1番1号';
const gone = { deletedOn: PLANNED, deletionReason: 'MOVE_OUT', destination: DESTINATION };

const decide = (movers: string[], differing: Partial<MoveOut> = {}, left = family) =>
  decideMoveOut(
    {
      notifier: { photoId: { kind: 'PASSPORT', expiresOn: '2018-05-01', name: taro.name }, letterOfAttorney: false },
      ...{ plannedOn: PLANNED, destination: DESTINATION, movers, relationships: [], ...differing },
    },
    left,
  );

describe('People who move out', () => {
  it('have their records deleted with the planned day and the destination, and unchanged but for that', () => {
    const { kind, causeOn, before, after } = decide([TARO, HANAKO, JIRO]);
    expect({ kind, causeOn, before }).toEqual({ kind: 'MOVE_OUT', causeOn: PLANNED, before: family.members });
    expect(after).toEqual([taro, hanako, jiro].map((record) => ({ ...record, ...gone })));
  });

  it('take their cards along, which wait until 30 days after the planned day for a first move-in', () => {
    const lapse = { after: addDays(PLANNED, 30), by: 'SPECIAL_MOVE_MISSED' };
    expect(decide([JIRO], { destinationMunicipality: '132152' }).cards).toEqual({ lapse });
  });

  it('have no cards any more where they move abroad', () => {
    expect(decide([JIRO]).cards).toEqual({ invalidBy: 'MOVED_ABROAD' });
  });

  it('leave whoever stays as they are, where the householder stays', () => {
    expect(decide([JIRO]).after).toEqual([{ ...jiro, ...gone }, taro, hanako]);
  });

  it('keep in their deleted record how they stood in the household that they left', () => {
    expect(decide([HANAKO, JIRO]).after.slice(0, 2)).toMatchObject([{ relationship: '妻' }, { relationship: '子' }]);
  });

  it('make whoever is left alone the householder, without a notification (Order 25)', () => {
    const { after } = decide([TARO, JIRO]);
    expect(after.at(-1)).toEqual({ ...hanako, relationship: '世帯主' });
  });

  it('say who heads the household from now on, where the householder goes and two or more stay', () => {
    const relationships = [{ residentRecordCode: HANAKO, relationship: '世帯主' }];
    expect(decide([TARO], { relationships }).after.slice(1)).toEqual([{ ...hanako, relationship: '世帯主' }, jiro]);
  });
});

describe('A move-out is refused', () => {
  it('as ONE_HOUSEHOLDER where two or more stay without a householder', () => {
    expect(() => decide([TARO])).toThrow(refusedAs('ONE_HOUSEHOLDER', { fault: 'would have none' }));
  });

  it('as NOT_FOUND where a relationship is stated for somebody who goes', () => {
    const relationships = [{ residentRecordCode: TARO, relationship: '世帯主' }];
    expect(() => decide([TARO, JIRO], { relationships })).toThrow(refusedAs('NOT_FOUND', { field: 'relationships' }));
  });

  it('as DATE_NOT_POSSIBLE where it is planned for the day before one of them became a resident', () => {
    const fault = 'lies before their last move';
    const refusal = refusedAs('DATE_NOT_POSSIBLE', { field: 'plannedOn', fault });
    expect(() => decide([JIRO], { plannedOn: '2012-03-02' })).toThrow(refusal);
    expect(() => decide([TARO, HANAKO, JIRO], { plannedOn: '2012-03-02' })).toThrow(refusal);
    expect(decide([JIRO], { plannedOn: '2012-03-03' }).causeOn).toBe('2012-03-03');
  });

  it('but not for the day on which somebody who stays became a resident', () => {
    expect(decide([HANAKO], { plannedOn: '2012-03-02' }).causeOn).toBe('2012-03-02');
  });
});

describe('A move-out has to be notified before leaving (Article 24)', () => {
  it('and is late from the day after the planned one on', () => {
    const { deadline } = decide([JIRO]);
    expect(deadline).toBe(PLANNED);
    expect([PLANNED, '2016-06-11'].map((acceptedOn) => isLate({ acceptedOn, deadline }))).toEqual([false, true]);
  });

  it('for a day as far ahead as somebody plans', () => {
    expect(decide([JIRO], { plannedOn: '2017-04-01' }).after[0]?.deletedOn).toBe('2017-04-01');
  });
});
