import { describe, expect, it } from '@jest/globals';
import { aHousehold, aMember, refusedAs } from '../../../../../test/support/households.js';
import { writingsOf } from '../register/decision.js';
import type { MinorCorrection } from './ex-officio.js';
import { decideMinorCorrection } from './ex-officio-correction.js';

const TODAY = '2016-05-27';
const ON = '2016-05-20';
const taro = aMember(1, '世帯主', { name: '髙橋 太郎' });
const maria = aMember(2, '妻', { name: 'GARCIA MARIA', commonName: '髙橋 まりあ' });
const family = aHousehold([taro, maria]);

const correct = (differing: Partial<MinorCorrection>, corrected = taro) =>
  decideMinorCorrection(
    { residentRecordCode: corrected.residentRecordCode, on: ON, ...differing },
    corrected,
    family,
    TODAY,
  );

describe('A minor correction (軽微な修正)', () => {
  it('writes a name in plain characters, of one person and nobody else', () => {
    const { kind, causeOn, deadline, before, after } = correct({ name: '高橋 太郎' });
    expect({ kind, causeOn, deadline, before }).toEqual({
      ...{ kind: 'MINOR_CORRECTION', causeOn: ON, deadline: null, before: family.members },
    });
    expect(after).toEqual([{ ...taro, name: '高橋 太郎' }, maria]);
  });

  it('writes a common name in plain characters', () => {
    expect(correct({ commonName: '高橋 まりあ' }, maria).after[1]?.commonName).toBe('高橋 まりあ');
  });

  it('writes the new name of a place for the whole household, which has not moved', () => {
    const address = '東京都文京区春日一丁目16番21号 コーポ春日';
    expect(correct({ address }, maria).after).toEqual(family.members.map((one) => ({ ...one, address })));
  });

  it('goes up as one, of each of those concerned', () => {
    const told = writingsOf(correct({ address: '東京都文京区春日1番' }), TODAY).map(({ change }) => change?.reason);
    expect(told).toEqual(['MINOR_CORRECTION', 'MINOR_CORRECTION']);
  });

  it('is refused as NOTHING_CHANGES where the register says so already', () => {
    expect(() => writingsOf(correct({ name: '髙橋 太郎' }), TODAY)).toThrow(refusedAs('NOTHING_CHANGES'));
  });
});

describe('A minor correction is refused', () => {
  const fault = 'is another name: that is no minor correction';

  it.each(['高橋 次郎', '高田 太郎', '太郎'])('where %s would be another name', (name) => {
    expect(() => correct({ name })).toThrow(refusedAs('INVALID_REQUEST', { field: 'name', fault }));
  });

  it('where the common name would be another one, or there is none', () => {
    const refusal = refusedAs('INVALID_REQUEST', { field: 'commonName', fault });
    expect(() => correct({ commonName: '高橋 マリ' }, maria)).toThrow(refusal);
    expect(() => correct({ commonName: '高橋 太郎' }, taro)).toThrow(refusal);
  });

  it('as DATE_NOT_POSSIBLE of tomorrow, not of today', () => {
    const refusal = refusedAs('DATE_NOT_POSSIBLE', { field: 'on', fault: 'lies in the future' });
    expect(() => correct({ on: '2016-05-28', name: '高橋 太郎' })).toThrow(refusal);
    expect(correct({ on: TODAY, name: '高橋 太郎' }).causeOn).toBe(TODAY);
  });
});
