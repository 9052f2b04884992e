import { describe, expect, it } from '@jest/globals';
import { aHousehold, aMember, refusedAs } from '../../../../../test/support/households.js';
import { decideDeath } from './death.js';

const TODAY = '2016-05-27';
const DIED = '2016-05-20';
const taro = aMember(1, '世帯主');
const hanako = aMember(2, '妻');
const jiro = aMember(3, '子', { birthDate: '2012-03-03', becameResidentOn: '2012-03-03' });
const family = aHousehold([taro, hanako, jiro]);
const dead = { deletedOn: DIED, deletionReason: 'DEATH' };

const decide = (deceased = taro, { household = family, diedOn = DIED } = {}) => {
  const { name, birthDate, sex } = deceased;
  return decideDeath({ deceased: { name, birthDate, sex }, diedOn }, deceased, household, TODAY);
};

describe('The record of somebody who died', () => {
  it('is deleted with the day of death, and unchanged but for that', () => {
    const { kind, causeOn, deadline, before, after } = decide(jiro);
    expect({ kind, causeOn, deadline, before }).toEqual({
      ...{ kind: 'DEATH', causeOn: DIED, deadline: null, before: family.members },
    });
    expect(after).toEqual([{ ...jiro, ...dead }, taro, hanako]);
  });

  it('ends the cards of the deceased', () => expect(decide().cards).toEqual({ invalidBy: 'DEATH' }));

  it('has no destination', () => expect(decide().after[0]?.destination).toBeNull());

  it('is the last of its household, where they lived alone', () => {
    expect(decide(taro, { household: aHousehold([taro]) }).after).toEqual([{ ...taro, ...dead }]);
  });
});

describe('Whoever lived with somebody who died', () => {
  it('becomes the householder without a notification where one is left (Order 25)', () => {
    const { after } = decide(taro, { household: aHousehold([taro, hanako]) });
    expect(after).toEqual([
      { ...taro, ...dead },
      { ...hanako, relationship: '世帯主' },
    ]);
  });

  it('stays as they were where two or more are left without a householder, until they notify who follows', () => {
    expect(decide(taro).after.slice(1)).toEqual([hanako, jiro]);
  });

  it('may be bereaved again before they have notified who follows', () => {
    const { after } = decide(hanako, { household: aHousehold([hanako, jiro]) });
    expect(after[1]).toEqual({ ...jiro, relationship: '世帯主' });
  });
});

describe('The day of a death', () => {
  const refusal = (fault: string) => refusedAs('DATE_NOT_POSSIBLE', { field: 'diedOn', fault });

  it('may be today, and is refused when it is tomorrow', () => {
    expect(decide(taro, { diedOn: TODAY }).causeOn).toBe(TODAY);
    expect(() => decide(taro, { diedOn: '2016-05-28' })).toThrow(refusal('lies in the future'));
  });

  it('may be the day of birth, and is refused when it is the day before', () => {
    expect(decide(jiro, { diedOn: '2012-03-03' }).after[0]?.deletedOn).toBe('2012-03-03');
    expect(() => decide(jiro, { diedOn: '2012-03-02' })).toThrow(refusal('lies before the birth'));
  });

  it('may be the day on which they became a resident, and is refused when it is the day before', () => {
    expect(decide(taro, { diedOn: '2010-04-01' }).causeOn).toBe('2010-04-01');
    expect(() => decide(taro, { diedOn: '2010-03-31' })).toThrow(refusal('lies before their last move'));
  });
});
