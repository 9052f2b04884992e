import { describe, expect, it } from '@jest/globals';
import { nextVersion } from '#core/domain/change-version.js';
import { aHousehold, aMember, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import { certifiedPersonOf } from '../certificates/move-out-certificate.js';
import { writingsOf } from '../register/decision.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { decideMoveOut } from './move-out.js';
import { type CancellationFacts, decideMoveOutCancellation } from './move-out-cancellation.js';

const TODAY = '2016-05-27';
const notifier = {
  ...{ photoId: { kind: 'PASSPORT' as const, expiresOn: '2018-05-01', name: '文京 太郎' }, letterOfAttorney: false },
};
const [TARO, HANAKO, JIRO] = [aCode(1), aCode(2), aCode(3)];
const taro = aMember(1, '世帯主');
const hanako = aMember(2, '妻');
const jiro = aMember(3, '子');
const gone = {
  ...{ deletedOn: '2016-06-10', deletionReason: 'MOVE_OUT' as const, destination: '東京都国立市東一丁目1番1号' },
  changeVersion: 40,
};
const [taroGone, hanakoGone] = [taro, hanako].map((one) => ({ ...one, ...gone })) as [ResidentRecord, ResidentRecord];

function decide(deleted: ResidentRecord[], facts: Partial<CancellationFacts> = {}, relationships: object[] = []) {
  const people = deleted.map(({ residentRecordCode }) => residentRecordCode);
  return decideMoveOutCancellation(
    { notifier, certificates: [], people, relationships: relationships as [] },
    { deleted, household: [], handedBack: new Set(people), burned: new Map(), today: TODAY, ...facts },
  );
}

describe('People who stay after all, and hand their certificate back (転出取消)', () => {
  it('stand on the register as they did, today, without a deadline', () => {
    const { kind, causeOn, deadline, before, after } = decide([taroGone, hanakoGone]);
    expect({ kind, causeOn, deadline, before }).toEqual({
      ...{ kind: 'MOVE_OUT_CANCELLATION', causeOn: TODAY, deadline: null, before: [taroGone, hanakoGone] },
    });
    expect(after).toEqual([taro, hanako].map((one) => ({ ...one, changeVersion: 41 })));
  });

  it('have cards that wait for nothing any more', () => {
    expect(decide([taroGone]).cards).toEqual({ lapse: null });
  });

  it('skip the numbers that were handed over to a municipality that gave them back', () => {
    const burned = new Map([[taroGone.residentRecordCode, 44]]);
    const { after } = decide([taroGone, hanakoGone], { burned });
    expect(after.map(({ changeVersion }) => changeVersion)).toEqual([44, 41]);
  });

  it('come back to the members of their household who stayed', () => {
    const { before, after } = decide([hanakoGone], { household: [taro, jiro] });
    expect(before).toEqual([hanakoGone, taro, jiro]);
    expect(after).toEqual([taro, jiro, { ...hanako, changeVersion: 41 }]);
  });

  it('say how all stand to each other, where another has become the householder meanwhile', () => {
    const household = [{ ...hanako, relationship: '世帯主' }];
    expect(() => decide([taroGone], { household })).toThrow(refusedAs('ONE_HOUSEHOLDER', { fault: 'would have two' }));
    const relationships = [{ residentRecordCode: HANAKO, relationship: '妻' }];
    const { after } = decide([taroGone], { household }, relationships);
    expect(after).toEqual([hanako, { ...taro, changeVersion: 41 }]);
  });

  it('head the household where one comes back alone', () => {
    expect(decide([hanakoGone]).after[0]?.relationship).toBe('世帯主');
  });

  it('have a version above the one that their certificate handed over, which is burned (CHAIN)', () => {
    const [told] = writingsOf(decide([taroGone]), TODAY);
    expect(told?.change?.version).toBeGreaterThan(certifiedPersonOf(taroGone, taro.name).version);
    expect(told?.change).toMatchObject({ kind: 'ENTRY', reason: 'EX_OFFICIO_ENTRY', causeOn: TODAY });
  });

  it('have it on the very day of the move-out, and after moving out and back again and again', () => {
    let record: ResidentRecord = taro;
    let last = nextVersion(0, TODAY);
    for (let i = 0; i < 5; i++) {
      const moveOut = { notifier, plannedOn: TODAY, destination: '国立市', movers: [TARO], relationships: [] };
      const [out] = writingsOf(decideMoveOut(moveOut, aHousehold([record])), TODAY);
      const handedOver = certifiedPersonOf(out?.record ?? record, taro.name).version;
      const [back] = writingsOf(decide([out?.record ?? record]), TODAY);
      expect(handedOver).toBeGreaterThan(last);
      expect(back?.change?.version).toBeGreaterThan(handedOver);
      record = back?.record ?? record;
      last = record.changeVersion;
    }
  });
});

describe('A move-out is not taken back', () => {
  it('without the certificate of each of them: CERTIFICATE_REQUIRED', () => {
    expect(() => decide([taroGone], { handedBack: new Set() })).toThrow(refusedAs('CERTIFICATE_REQUIRED'));
    expect(() => decide([taroGone, hanakoGone], { handedBack: new Set([TARO, JIRO]) })).toThrow(
      refusedAs('CERTIFICATE_REQUIRED'),
    );
  });

  it('to a household that has moved meanwhile: ADDRESS_CONTRADICTED', () => {
    const household = [{ ...taro, address: '東京都文京区本郷三丁目1番1号' }];
    expect(() => decide([hanakoGone], { household })).toThrow(refusedAs('ADDRESS_CONTRADICTED'));
  });

  it('with a relationship for somebody who is not concerned: NOT_FOUND', () => {
    const relationships = [{ residentRecordCode: JIRO, relationship: '子' }];
    expect(() => decide([taroGone], {}, relationships)).toThrow(refusedAs('NOT_FOUND', { field: 'relationships' }));
  });
});
