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

  it('fits when the applicant stated a common name', () => {
    const known = { ...HANAKO, name: 'KIM HANAKO', commonName: '髙橋 花子' };
    expect(answerFits([known], REQUEST)).toBe(true);
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
  const MARIA: CopyRecord = { ...STRANGER, name: 'GARCIA MARIA', commonName: '髙橋 まりあ' };
  const named = (...names: string[]): CopyDataRequest => ({ ...REQUEST, whom: { kind: 'NAMED_MEMBERS', names } });
  const household: CopyDataRequest = { ...REQUEST, whom: { kind: 'WHOLE_HOUSEHOLD' } };

  it('fits for named members when it is exactly they, and they need not include the applicant', () => {
    expect(answerFits([TARO, MARIA], named('髙橋 太郎', 'GARCIA MARIA'))).toBe(true);
    expect(answerFits([TARO, HANAKO], named('髙橋 太郎', '髙橋 花子'))).toBe(true);
    expect(answerFits([TARO], named('髙橋 太郎'))).toBe(true);
  });

  it('fits for named members by common name, by variant characters, and however often one was named', () => {
    expect(answerFits([TARO, MARIA], named('高橋太郎', '高橋　まりあ'))).toBe(true);
    expect(answerFits([TARO, MARIA], named('髙橋 太郎', '高橋太郎', 'garcia maria', '高橋まりあ'))).toBe(true);
  });

  it.each<[string, CopyRecord[]]>([
    ['is empty', []],
    ['lacks one of them', [TARO]],
    ['has somebody besides them', [TARO, MARIA, STRANGER]],
    ['has the applicant, who was not named, besides them', [TARO, MARIA, HANAKO]],
    ['has somebody else in the place of one of them', [TARO, STRANGER]],
  ])('does not fit for named members when it %s', (_what, records) => {
    expect(answerFits(records, named('髙橋 太郎', '髙橋 まりあ'))).toBe(false);
  });

  it('fits for the whole household when the applicant is among them', () => {
    expect(answerFits([TARO, HANAKO, MARIA], household)).toBe(true);
    expect(answerFits([HANAKO], household)).toBe(true);
  });

  it.each<[string, CopyRecord[]]>([
    ['is empty', []],
    ['lacks the applicant', [TARO, MARIA]],
    ['has another birth date of the applicant than was stated', [TARO, { ...HANAKO, birthDate: '1980-04-02' }]],
    ['has another sex of the applicant than was stated', [TARO, { ...HANAKO, sex: 'MALE' }]],
    [
      'shares name, birth date and sex of the applicant out among two',
      [
        { ...TARO, name: '髙橋 花子' },
        { ...HANAKO, name: '髙橋 太郎' },
      ],
    ],
  ])('does not fit for the whole household when it %s', (_what, records) => {
    expect(answerFits(records, household)).toBe(false);
  });
});

describe('The items that home adds to an answer', () => {
  const item4 = { household: { householderName: '髙橋 太郎', relationship: '妻' } };
  const item13 = { residentRecordCode: '24727059608' };

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('are exactly those that were asked for: item 4 %s, item 13 %s', (household, residentRecordCode) => {
    const request = { ...REQUEST, special: { household, residentRecordCode } };
    const added = [{}, item4, item13, { ...item4, ...item13 }];
    const due = { ...(household && item4), ...(residentRecordCode && item13) };
    expect(added.filter((items) => answerFits([{ ...HANAKO, ...items }], request))).toEqual([due]);
  });

  it('are those that were asked for in every record: one that has more, or less, is one too many', () => {
    const whom = { kind: 'WHOLE_HOUSEHOLD' as const };
    expect(answerFits([HANAKO, { ...TARO, ...item4 }], { ...REQUEST, whom })).toBe(false);
    const special = { household: true, residentRecordCode: false };
    expect(answerFits([{ ...HANAKO, ...item4 }, TARO], { ...REQUEST, whom, special })).toBe(false);
  });
});

describe('An answer with somebody in it who was not meant', () => {
  const named: CopyDataRequest = { ...REQUEST, whom: { kind: 'NAMED_MEMBERS', names: ['高橋 太郎', '高橋 花子'] } };
  const household: CopyDataRequest = { ...REQUEST, whom: { kind: 'WHOLE_HOUSEHOLD' } };

  it.each<[string, CopyRecord[], CopyDataRequest]>([
    ['the same person twice', [HANAKO, TARO, TARO], named],
    ['a namesake of the one who was named', [HANAKO, TARO, { ...TARO, birthDate: '1999-09-09' }], named],
    ['a namesake of the applicant instead of the applicant', [TARO, { ...HANAKO, birthDate: '1999-09-09' }], named],
    ['the applicant twice in a whole household', [HANAKO, HANAKO], household],
  ])('does not fit: %s', (_what, records, request) => {
    expect(answerFits(records, request)).toBe(false);
  });
});
