import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressForm, readingForm } from './search-forms.js';

const KASUGA = '東京都文京区春日';
const DIGITS = [...'〇一二三四五六七八九'];

const numbers = fc.integer({ min: 1, max: 99 });
const places = fc.tuple(numbers, numbers, numbers);
type Place = [number, number, number];

/** The ways in which people write a lot. */
const WAYS: ((place: Place) => string)[] = [
  ([chome, ban, go]) => `${kanji(chome)}丁目${ban}番${go}号`,
  ([chome, ban, go]) => `${chome}丁目${ban}番${go}号`,
  ([chome, ban, go]) => `${kanji(chome)}丁目 ${wide(ban)}番 ${wide(go)}号`,
  ([chome, ban, go]) => `${chome}丁目${ban}-${go}`,
  ([chome, ban, go]) => `${chome}-${ban}-${go}`,
  ([chome, ban, go]) => `${wide(chome)}−${wide(ban)}−${wide(go)}`,
  ([chome, ban, go]) => `${wide(chome)}－${wide(ban)}ー${wide(go)}`,
  ([chome, ban, go]) => `${kanji(chome)}丁目${ban}番地${go}`,
  ([chome, ban, go]) => `${kanji(chome)}丁目${ban}番地の${go}`,
];

describe('A reading is found', () => {
  it('whichever kana it is written in', () => {
    for (const written of ['ブンキョウ タロウ', 'ぶんきょう たろう', 'ﾌﾞﾝｷｮｳ ﾀﾛｳ', 'ぶんキョウ　タろう'])
      expect(readingForm(written)).toBe('ブンキョウタロウ');
  });

  it('with small kana and ヴ as well', () => {
    expect(readingForm('ゔぃくとりあ')).toBe('ヴィクトリア');
    expect(readingForm('ゎゕゖっょ')).toBe('ヮヵヶッョ');
  });

  it('with iteration marks as well, which are kana too', () => {
    expect(readingForm('みすゞ')).toBe(readingForm('ミスヾ'));
    expect(readingForm('さゝき')).toBe(readingForm('サヽキ'));
  });

  it('and stays another than one that sounds otherwise', () => {
    expect(readingForm('はる')).not.toBe(readingForm('ばる'));
    expect(readingForm('きよう')).not.toBe(readingForm('きょう'));
    expect(readingForm('ゆうこ')).not.toBe(readingForm('ゆこ'));
  });

  it('by its form as by itself', () => {
    const kana = fc.string({ unit: fc.constantFrom(...'あいうがぱゃアイウガパャーｱｶ 　') });
    fc.assert(fc.property(kana, (reading) => readingForm(readingForm(reading)) === readingForm(reading)));
  });
});

describe('An address is found', () => {
  it.each([
    '一丁目16番21号',
    '1丁目16番21号',
    '１丁目１６番２１号',
    '1-16-21',
    '１−１６−２１',
    '１－１６－２１',
    '1‐16‐21',
    '1–16–21',
    '一丁目16-21',
    '一丁目 16番 21号',
    '一丁目16番地の21',
    '一丁目16番地21',
  ])('when its lot is written %s', (lot) => {
    expect(addressForm(KASUGA + lot)).toBe(`${KASUGA}1-16-21`);
  });

  it('however people write a lot, for every chome and every number', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(new Set(WAYS.map((way) => addressForm(KASUGA + way(place)))).size).toBe(1);
      }),
    );
  });

  it.each([
    ['一丁目', '1'],
    ['九丁目', '9'],
    ['十丁目', '10'],
    ['十一丁目', '11'],
    ['二十丁目', '20'],
    ['四十二丁目', '42'],
    ['九十九丁目', '99'],
  ])('with %s counted as %s', (chome, figure) => {
    expect(addressForm(KASUGA + chome)).toBe(KASUGA + figure);
  });

  it('with or without what ends it', () => {
    expect(addressForm(`${KASUGA}一丁目1番地`)).toBe(addressForm(`${KASUGA}1-1`));
    expect(addressForm('東京都国立市東一丁目')).toBe(addressForm('東京都国立市東1'));
  });

  it('with the number of a flat after it', () => {
    expect(addressForm(`${KASUGA}一丁目16番21-203号`)).toBe(addressForm(`${KASUGA}1-16-21-203`));
    expect(addressForm(`${KASUGA}一丁目16番21号203号`)).toBe(addressForm(`${KASUGA}1-16-21-203`));
  });

  it('with the name of a building after it', () => {
    expect(addressForm(`${KASUGA}一丁目16番21号 コーポ春日101`)).toBe(addressForm(`${KASUGA}1-16-21 コーポ春日101`));
  });

  it('whatever the width and case of the letters of a building', () => {
    expect(addressForm(`${KASUGA}1-1 ＡＢＣビル`)).toBe(addressForm(`${KASUGA}1-1 abcビル`));
  });
});

describe('Two different places stay different', () => {
  it('for every two lots, in whichever ways they are written', () => {
    const ways = fc.constantFrom(...WAYS);
    fc.assert(
      fc.property(places, places, ways, ways, (one, other, way, another) => {
        fc.pre(one.join() !== other.join());
        expect(addressForm(KASUGA + way(one))).not.toBe(addressForm(KASUGA + another(other)));
      }),
    );
  });

  it.each([
    [`${KASUGA}一丁目16番21号`, `${KASUGA}一丁目16番2号`],
    [`${KASUGA}一丁目1番11号`, `${KASUGA}一丁目11番1号`],
    [`${KASUGA}一丁目1番11号`, `${KASUGA}十一丁目1番1号`],
    [`${KASUGA}一丁目16番21号`, '東京都文京区本郷一丁目16番21号'],
    [`${KASUGA}一丁目1番1号`, `${KASUGA}一丁目1番1号101`],
    ['東京都千代田区三番町6番地', '東京都千代田区五番町6番地'],
    ['東京都港区六本木七丁目1番', '東京都港区一本木七丁目1番'],
  ])('as %s and %s', (one, other) => expect(addressForm(one)).not.toBe(addressForm(other)));

  it('and the name of a town keeps its figures: only chome are counted', () => {
    expect(addressForm('東京都千代田区三番町6番地')).toBe('東京都千代田区三番町6');
    expect(addressForm('東京都港区六本木七丁目1番2号')).toBe('東京都港区六本木7-1-2');
  });
});

function kanji(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS[tens]}十`;
  return `${ten}${ones === 0 ? '' : DIGITS[ones]}`;
}

function wide(number: number): string {
  return [...String(number)].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
}
