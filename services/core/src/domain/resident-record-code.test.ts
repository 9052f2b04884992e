import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isResidentRecordCode, residentRecordCodeOf } from './resident-record-code.js';

const { residentRecordCode: vectors } = JSON.parse(readFileSync('test/vectors/check-digits.json', 'utf8'));

/** A body for each remainder; the last digit weighs 2, the one before it 3. */
const BODIES: [remainder: number, body: string][] = [
  [0, '0000000000'],
  [1, '0000000006'],
  [2, '0000000001'],
  [3, '0000000007'],
  [4, '0000000002'],
  [5, '0000000008'],
  [6, '0000000003'],
  [7, '0000000009'],
  [8, '0000000004'],
  [9, '0000000030'],
  [10, '0000000005'],
];
const ALLOTTED = BODIES.filter(([remainder]) => remainder >= 2);
const NEVER_ALLOTTED = BODIES.filter(([remainder]) => remainder < 2);
const DIGITS = [...'0123456789'];

const bodies = fc.stringMatching(/^[0-9]{10}$/);
const codes = bodies.map(residentRecordCodeOf).filter((code) => code !== undefined);

describe('Resident record code (住民票コード): ten digits and a check digit', () => {
  it.each(vectors.valid as string[])('accepts %s, whose check digit fits its body', (code) => {
    expect(isResidentRecordCode(code)).toBe(true);
  });

  it.each(vectors.invalid as string[])('refuses %s, which is no resident record code', (code) => {
    expect(isResidentRecordCode(code)).toBe(false);
  });

  it.each(vectors.neverAllotted as string[])('refuses %s, whose remainder no notice agrees on', (code) => {
    expect(isResidentRecordCode(code)).toBe(false);
    expect(residentRecordCodeOf(code.slice(0, 10))).toBeUndefined();
  });

  it.each(ALLOTTED)('takes 11 - %i as the check digit of body %s, and no other digit', (remainder, body) => {
    const code = `${body}${11 - remainder}`;
    expect(residentRecordCodeOf(body)).toBe(code);
    expect(DIGITS.map((digit) => body + digit).filter(isResidentRecordCode)).toEqual([code]);
  });

  it.each(NEVER_ALLOTTED)('never allots a body with remainder %i, whatever digit follows %s', (_remainder, body) => {
    expect(residentRecordCodeOf(body)).toBeUndefined();
    expect(DIGITS.map((digit) => body + digit).filter(isResidentRecordCode)).toEqual([]);
  });

  it('keeps leading zeros, and so is never written as a number', () => {
    expect(isResidentRecordCode('00000000019')).toBe(true);
    expect(isResidentRecordCode(String(Number('00000000019')))).toBe(false);
  });

  it.each(['', ' 24727059608', '24727059608\n', '２４７２７０５９６０８', '-2472705960', '2472-705960'])(
    'refuses %j: eleven ASCII digits and nothing else',
    (text) => expect(isResidentRecordCode(text)).toBe(false),
  );

  it.each(['', '247270596', '24727059608', '247270596X'])('makes no code out of %j, which is no body', (body) => {
    expect(() => residentRecordCodeOf(body)).toThrow(RangeError);
  });

  it('is valid whenever it was made from a body', () => {
    fc.assert(fc.property(codes, (code) => isResidentRecordCode(code)));
  });

  it('catches every single wrong digit, the check digit included', () => {
    fc.assert(fc.property(codes, (code) => oneDigitWrong(code).filter(isResidentRecordCode).length === 0));
  });

  it('catches every swap of unequal neighbours, the check digit included', () => {
    fc.assert(fc.property(codes, (code) => neighboursSwapped(code).filter(isResidentRecordCode).length === 0));
  });
});

function oneDigitWrong(code: string): string[] {
  return [...code].flatMap((right, i) =>
    DIGITS.filter((digit) => digit !== right).map((digit) => code.slice(0, i) + digit + code.slice(i + 1)),
  );
}

function neighboursSwapped(code: string): string[] {
  return [...code.slice(1)]
    .map((right, i) => `${code.slice(0, i)}${right}${code[i]}${code.slice(i + 2)}`)
    .filter((swapped) => swapped !== code);
}
