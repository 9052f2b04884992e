import { describe, expect, it } from '@jest/globals';
import { answerFits } from './answer-fits.js';
import type { CopyDataRequest } from './copy-data-request.js';
import type { CopyRecord } from './copy-record.js';

const HANAKO: CopyRecord = {
  name: '髙橋 花子',
  commonName: null,
  birthDate: '1980-04-01',
  sex: 'FEMALE',
  becameResidentOn: '2001-04-02',
  address: '東京都文京区本郷一丁目2番3号',
  movedWithinTownOn: null,
  notifiedOn: '2001-04-03',
  previousAddress: null,
};
const TARO: CopyRecord = { ...HANAKO, name: '髙橋 太郎', birthDate: '1979-01-01', sex: 'MALE' };
const STRANGER: CopyRecord = { ...HANAKO, name: '佐藤 一郎', birthDate: '1950-01-01', sex: 'MALE' };

const REQUEST: CopyDataRequest = {
  applicantName: '高橋花子',
  knownBy: { birthDate: '1980-04-01', sex: 'FEMALE' },
  whom: { kind: 'APPLICANT' },
  special: { household: false, residentRecordCode: false },
};

describe("Home's answer to an application for the applicant's own record", () => {
  it('fits when it is that record alone, however the name is written', () => {
    expect(answerFits([HANAKO], REQUEST)).toBe(true);
  });

  it.each<[string, CopyRecord[]]>([
    ['is empty', []],
    ['is about somebody else', [STRANGER]],
    ['is about two people', [HANAKO, TARO]],
    ['is about the applicant twice', [HANAKO, HANAKO]],
    ['has another birth date than was stated', [{ ...HANAKO, birthDate: '1980-04-02' }]],
    ['has another sex than was stated', [{ ...HANAKO, sex: 'MALE' }]],
    [
      'has a householder that was not asked for',
      [{ ...HANAKO, household: { householderName: 'x', relationship: '妻' } }],
    ],
    ['has a code that was not asked for', [{ ...HANAKO, residentRecordCode: '24727059608' }]],
  ])('does not fit when it %s', (_what, records) => {
    expect(answerFits(records, REQUEST)).toBe(false);
  });

  it('does not fit when it has another code than the applicant stated', () => {
    const special = { household: false, residentRecordCode: true };
    const request = { ...REQUEST, special, knownBy: { residentRecordCode: '24727059608' } };
    expect(answerFits([{ ...HANAKO, residentRecordCode: '24727059608' }], request)).toBe(true);
    expect(answerFits([{ ...HANAKO, residentRecordCode: '24846016224' }], request)).toBe(false);
    expect(answerFits([HANAKO], request)).toBe(false);
  });
});

describe("Home's answer to an application for others of the household", () => {
  it('fits for named members when it is exactly they, by name or common name', () => {
    const request: CopyDataRequest = { ...REQUEST, whom: { kind: 'NAMED_MEMBERS', names: ['高橋 太郎', '金本 花子'] } };
    const kim = { ...STRANGER, name: 'KIM HANAKO', commonName: '金本 花子' };
    expect(answerFits([TARO, kim], request)).toBe(true);
    expect(answerFits([TARO], request)).toBe(false);
    expect(answerFits([TARO, kim, STRANGER], request)).toBe(false);
  });

  it('fits for the whole household when the applicant is among them', () => {
    const request: CopyDataRequest = { ...REQUEST, whom: { kind: 'WHOLE_HOUSEHOLD' } };
    expect(answerFits([TARO, HANAKO], request)).toBe(true);
    expect(answerFits([TARO, STRANGER], request)).toBe(false);
  });
});
