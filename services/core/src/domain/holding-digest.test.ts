import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holdingDigest, partsOf } from './holding-digest.js';
import type { IdentificationInformation } from './identification-information.js';

const TARO: IdentificationInformation = {
  ...{ name: '文京 太郎', birthDate: '1980-04-01', sex: 'MALE', residentRecordCode: '24727059608' },
  address: '東京都文京区春日一丁目16番21号',
};

function digest(differing: Partial<IdentificationInformation> = {}, version = 5_043_000): string {
  return holdingDigest({ identification: { ...TARO, ...differing }, version }).toString('hex');
}

describe('The digest of a holding', () => {
  it('is of 32 bytes, and the same for the same holding, however its parts are ordered', () => {
    const { name, birthDate, sex, address, residentRecordCode } = TARO;
    const turned = { residentRecordCode, address, sex, birthDate, name };
    expect(holdingDigest({ identification: turned, version: 5_043_000 })).toHaveLength(32);
    expect(digest()).toBe(digest(turned));
  });

  it.each([
    ['name', digest({ name: '文京 太朗' })],
    ['birth date', digest({ birthDate: '1980-04-02' })],
    ['sex', digest({ sex: 'FEMALE' })],
    ['address', digest({ address: '東京都文京区春日一丁目16番22号' })],
    ['code', digest({ residentRecordCode: '24846016224' })],
    ['version', digest({}, 5_043_001)],
  ])('changes with the %s', (_field, changed) => {
    expect(changed).not.toBe(digest());
  });

  it.each([
    ['a character and its variation sequence', '葛城 太郎', '葛\u{E0100}城 太郎'],
    ['two variation sequences of a character', '葛\u{E0100}城 太郎', '葛\u{E0101}城 太郎'],
    ['a standard variation sequence and none', '辻 太郎', '辻\u{FE00} 太郎'],
    ['a composed character and a combining one', 'ブンキョウ \u{30AC}', 'ブンキョウ \u{30AB}\u{3099}'],
    ['a Latin letter with its accent and beside it', 'caf\u{E9}', 'cafe\u{301}'],
    ['a compatibility ideograph and its plain form', '\u{FA10}', '\u{585A}'],
    ['variants of a character', '髙橋 太郎', '高橋 太郎'],
    ['characters beyond the first plane', '𠮷田 太郎', '吉田 太郎'],
    ['wide and narrow letters', 'Ｏ', 'O'],
    ['wide and narrow spaces', '文京　太郎', '文京 太郎'],
  ])('tells %s apart, in names and in addresses', (_difference, one, other) => {
    expect(digest({ name: one })).not.toBe(digest({ name: other }));
    expect(digest({ address: one })).not.toBe(digest({ address: other }));
  });

  it('tells apart what only differs in where a field ends', () => {
    expect(digest({ name: 'あ"', address: 'い' })).not.toBe(digest({ name: 'あ', address: '"い' }));
    expect(digest({ name: 'あ","い' })).not.toBe(digest({ name: 'あ' }));
    const text = fc.string({ unit: fc.constantFrom('あ', '"', ',', '\\', '[', ']') });
    fc.assert(
      fc.property(text, text, text, text, (name, address, otherName, otherAddress) => {
        const isSame = name === otherName && address === otherAddress;
        expect(digest({ name, address }) === digest({ name: otherName, address: otherAddress })).toBe(isSame);
      }),
    );
  });
});

describe('The parts of a range of codes', () => {
  it('are ten, one digit longer, and every code of the range is in one of them', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 11, maxLength: 11 });
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 10 }), (code, length) => {
        const parts = partsOf(code.slice(0, length));
        expect(new Set(parts).size).toBe(10);
        expect(parts.filter((part) => code.startsWith(part))).toEqual([code.slice(0, length + 1)]);
      }),
    );
  });
});
