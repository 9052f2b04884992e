import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isLocalGovernmentCode, isPrefectureCode } from './local-government-code.js';

const { localGovernmentCode: vectors } = JSON.parse(readFileSync('test/vectors/check-digits.json', 'utf8'));
const DIGITS = [...'0123456789'];

describe('Local government code (全国地方公共団体コード): five digits and a check digit', () => {
  it.each(vectors.valid as string[])('accepts %s, whose check digit fits', (code) => {
    expect(isLocalGovernmentCode(code)).toBe(true);
  });

  it.each(vectors.invalid as string[])('refuses %s, whose check digit does not fit', (code) => {
    expect(isLocalGovernmentCode(code)).toBe(false);
  });

  // Tokyo's 13 leaves 10; the last of the five digits weighs 2, the one before it 3. The check digit is (11 - remainder) % 10.
  it.each([
    [0, '13006', '1'],
    [1, '13001', '0'],
    [2, '13007', '9'],
    [3, '13002', '8'],
    [4, '13008', '7'],
    [5, '13003', '6'],
    [6, '13009', '5'],
    [7, '13004', '4'],
    [8, '13030', '3'],
    [9, '13005', '2'],
    [10, '13000', '1'],
  ])('has for remainder %i, as in %s, the check digit %s and no other', (_remainder, five, check) => {
    expect(DIGITS.filter((digit) => isLocalGovernmentCode(five + digit))).toEqual([check]);
  });

  it.each(['000001', '480002', '990001'])('refuses %s: prefectures are 01 to 47', (code) => {
    expect(isLocalGovernmentCode(code)).toBe(false);
  });

  it('keeps the leading zero of Hokkaido to Gunma, and so is never written as a number', () => {
    expect(isLocalGovernmentCode('010006')).toBe(true);
    expect(isLocalGovernmentCode(String(Number('010006')))).toBe(false);
  });

  it.each(['', '13105', '1310590', '13105X', '131059\n', ' 131059', '１３１０５９', '13-105'])(
    'refuses %j: six ASCII digits and nothing else',
    (text) => expect(isLocalGovernmentCode(text)).toBe(false),
  );

  it.each(['010006', '070009', '130001', '140007'])(
    'knows %s as a prefecture: three zeros before the check',
    (code) => {
      expect(isPrefectureCode(code)).toBe(true);
    },
  );

  it.each(['131059', '011002', '204072', '130000', '13000'])('does not take %s for a prefecture', (code) => {
    expect(isPrefectureCode(code)).toBe(false);
  });
});
