import { describe, expect, it } from '@jest/globals';
import { aCode, aRecord } from '../../../../../test/support/records.js';
import { arrange, inOrder } from './household.js';
import type { ResidentRecord } from './resident-record.js';

const [A, B, C, D] = [1, 2, 3, 4].map(aCode) as [string, string, string, string];
const HERE = '131059-H0001';
const THERE = '131059-H0002';

const taro = member(A, '世帯主', 'MALE');
const hanako = member(B, '妻', 'FEMALE');
const jiro = member(C, '子', 'MALE');

const states = (residentRecordCode: string, relationship: string) => ({ residentRecordCode, relationship });
const relationships = (records: ResidentRecord[]) => records.map(({ relationship }) => relationship);
const refusedAs = (reason: string, details = {}) => expect.objectContaining({ reason, details });

describe('A household is brought into order', () => {
  it('as it is, where nothing is stated and nothing is wrong', () => {
    expect(arrange([taro, hanako, jiro], [])).toEqual([taro, hanako, jiro]);
  });

  it('when relationships are stated anew, and nothing else of the records changes', () => {
    const arranged = arrange([taro, hanako, jiro], [states(A, '夫'), states(B, '世帯主')]);
    expect(arranged).toEqual([{ ...taro, relationship: '夫' }, { ...hanako, relationship: '世帯主' }, jiro]);
  });

  it('when one is left, who becomes the householder without a notification (Order 25)', () => {
    for (const one of [taro, hanako, jiro]) expect(relationships(arrange([one], []))).toEqual(['世帯主']);
  });

  it('when one is left, whatever relationship was stated for them', () => {
    expect(relationships(arrange([hanako], [states(B, '同居人')]))).toEqual(['世帯主']);
  });

  it('when one is left, even where a household may be without a householder', () => {
    expect(relationships(arrange([jiro], [], 'ALLOWED'))).toEqual(['世帯主']);
  });

  it('each for itself, when there are several', () => {
    const alone = { ...member(D, '子', 'FEMALE'), householdId: THERE, address: '東京都文京区本郷三丁目1番1号' };
    const arranged = arrange([taro, hanako, alone], []);
    expect(arranged).toEqual([taro, hanako, { ...alone, relationship: '世帯主' }]);
  });

  it('when there is nobody left', () => expect(arrange([], [])).toEqual([]));

  it('without changing the records that it was given', () => {
    arrange([hanako], []);
    arrange([taro, hanako], [states(A, '夫'), states(B, '世帯主')]);
    expect(relationships([taro, hanako])).toEqual(['世帯主', '妻']);
  });
});

describe('A household without a householder', () => {
  it('is refused as ONE_HOUSEHOLDER where two or more are left and none is stated', () => {
    expect(() => arrange([hanako, jiro], [])).toThrow(refusedAs('ONE_HOUSEHOLDER', { fault: 'would have none' }));
    expect(() => arrange([taro, hanako], [states(A, '夫')])).toThrow(
      refusedAs('ONE_HOUSEHOLDER', { fault: 'would have none' }),
    );
  });

  it('may wait for its notification after a death', () => {
    expect(arrange([hanako, jiro], [], 'ALLOWED')).toEqual([hanako, jiro]);
  });

  it('has one again once one is stated', () => {
    expect(relationships(arrange([hanako, jiro], [states(B, '世帯主')]))).toEqual(['世帯主', '子']);
  });
});

describe('A household is refused', () => {
  it('as ONE_HOUSEHOLDER with two householders, even where it may be without one', () => {
    const refusal = refusedAs('ONE_HOUSEHOLDER', { fault: 'would have two' });
    expect(() => arrange([taro, hanako], [states(B, '世帯主')])).toThrow(refusal);
    expect(() => arrange([taro, hanako], [states(B, '世帯主')], 'ALLOWED')).toThrow(refusal);
  });

  it('as ADDRESS_CONTRADICTED with two addresses', () => {
    const elsewhere = { ...jiro, address: '東京都文京区本郷三丁目1番1号' };
    expect(() => arrange([taro, hanako, elsewhere], [])).toThrow(refusedAs('ADDRESS_CONTRADICTED'));
    expect(() => arrange([hanako, elsewhere], [], 'ALLOWED')).toThrow(refusedAs('ADDRESS_CONTRADICTED'));
  });

  it.each(['妻', '妻(未届)'])('as RELATIONSHIP_CONTRADICTED with a second spouse, who is %s', (relationship) => {
    const second = member(D, relationship, 'FEMALE');
    const fault = 'would give the householder two spouses';
    expect(() => arrange([taro, hanako, second], [])).toThrow(refusedAs('RELATIONSHIP_CONTRADICTED', { fault }));
  });

  it.each([
    ['妻', 'MALE'],
    ['夫(未届)', 'FEMALE'],
    ['子の妻', 'MALE'],
    ['妻の父', 'FEMALE'],
  ] as const)('as RELATIONSHIP_CONTRADICTED where %s is %s', (relationship, sex) => {
    const fault = 'is of the other sex';
    const other = member(D, relationship, sex);
    expect(() => arrange([taro, other], [])).toThrow(refusedAs('RELATIONSHIP_CONTRADICTED', { fault }));
    expect(() => arrange([taro, { ...other, relationship: '子' }], [states(D, relationship)])).toThrow(
      refusedAs('RELATIONSHIP_CONTRADICTED', { fault }),
    );
  });

  it('as NOT_FOUND where a relationship is stated for nobody of it, whoever else is named', () => {
    const refusal = refusedAs('NOT_FOUND', { field: 'relationships' });
    expect(() => arrange([taro, hanako], [states(D, '子')])).toThrow(refusal);
    expect(() => arrange([taro, hanako], [states(A, '世帯主'), states(D, '子')])).toThrow(refusal);
    expect(() => arrange([], [states(A, '世帯主')])).toThrow(refusal);
  });

  it('whichever of several households is wrong', () => {
    const others = [member(C, '妻', 'FEMALE'), member(D, '子', 'MALE')].map((one) => ({ ...one, householdId: THERE }));
    expect(() => arrange([taro, hanako, ...others], [])).toThrow(
      refusedAs('ONE_HOUSEHOLDER', { fault: 'would have none' }),
    );
  });

  it('but not with a spouse of the householder and a spouse of a child', () => {
    const inLaw = member(D, '子の妻', 'FEMALE');
    expect(arrange([taro, hanako, jiro, inLaw], [])).toHaveLength(4);
  });
});

describe('The members of a household on a copy', () => {
  it('are the householder, the spouse, the children, then the others', () => {
    const mother = member(D, '妻の母', 'FEMALE');
    const all = [mother, jiro, hanako, taro].map((one) => ({ ...one, birthDate: '1980-04-01' }));
    expect(relationships(inOrder(all))).toEqual(['世帯主', '妻', '子', '妻の母']);
  });

  it('are by age among themselves, the eldest first', () => {
    const children = ['2012-03-03', '2010-01-01', '2011-02-02'].map((birthDate) => ({ ...jiro, birthDate }));
    const births = inOrder([...children, taro]).map(({ birthDate }) => birthDate);
    expect(births).toEqual([taro.birthDate, '2010-01-01', '2011-02-02', '2012-03-03']);
  });

  it('stay as they came where two were born on one day, as twins are', () => {
    const twins = ['春子', '夏子', '秋子', '冬子'].map((name) => ({ ...jiro, name }));
    expect(inOrder(twins).map(({ name }) => name)).toEqual(['春子', '夏子', '秋子', '冬子']);
  });
});

function member(residentRecordCode: string, relationship: string, sex: ResidentRecord['sex']): ResidentRecord {
  return aRecord({ recordId: residentRecordCode, residentRecordCode, householdId: HERE, relationship, sex });
}
