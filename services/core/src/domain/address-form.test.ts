import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressForm } from './address-form.js';

const TOWNS = [
  '東京都文京区大塚',
  '文京区千石',
  '東京都千代田区一番町',
  '福島県東白川郡矢祭町大字東舘字舘本',
  '横浜市西区みなとみらい',
];
const towns = fc.constantFrom(
  ...TOWNS,
  '横浜市青葉区市ヶ尾町',
  '広島県府中市',
  '札幌市中央区北一条西',
  '八王子市子安町',
);
const number = fc.integer({ min: 1, max: 1999 });
const numbers = fc.array(number, { minLength: 1, maxLength: 4 });
const pieces = fc.string({
  unit: fc.constantFrom(...'東京都文町番地丁目号室大字の之ノがヶ千十二〇一ーA-－1０2 　'),
  maxLength: 12,
});
const sentence = fc.tuple(towns, pieces).map((parts) => parts.join(''));

const same = (one: string, other: string) => addressForm(one) === addressForm(other);

describe('Two ways of writing one address', () => {
  it.each([
    ['文京区大塚2丁目3番4号', '文京区大塚２丁目３番４号', 'full width'],
    ['文京区大塚2丁目3番4号', '文京区大塚二丁目三番四号', 'kanji numerals'],
    ['文京区大塚2丁目3番4号', '文京区大塚2-3-4', 'hyphens'],
    ['文京区大塚2-3-4', '文京区大塚２ー３－４', 'what is taken for a hyphen'],
    ['文京区大塚2-3-4', '文京区大塚2‐3−4', 'a hyphen and a minus of their own'],
    ['文京区大塚2丁目3-4', '文京区 大塚 二丁目 3番 4号', 'spaces between all parts'],
    ['文京区大塚2-3-4', '文京区大塚二ー三ー四', 'a long sound between kanji numerals'],
    ['文京区本郷12丁目23番', '文京区本郷十二丁目二十三番', 'tens in kanji'],
    ['文京区本郷123番地', '文京区本郷百二十三番地', 'hundreds in kanji'],
    ['文京区本郷305番地', '文京区本郷三〇五番地', 'digits in kanji'],
    ['文京区本郷23番地', '文京区本郷二三番地', 'digits in kanji, with no unit'],
    ['矢祭町東舘12番地の3', '矢祭町東舘12番地3', 'の that is left out'],
    ['矢祭町東舘12番地の3', '矢祭町東舘12の3', '番地 that is left out'],
    ['矢祭町東舘12番地の3', '矢祭町東舘十二之三', '之 between numbers'],
    ['矢祭町大字東舘字舘本1番地', '矢祭町東舘舘本1', '大字 and 字'],
    ['東京都文京区大塚1-1', '文京区大塚1-1', 'the prefecture'],
    ['福島県東白川郡矢祭町東舘1', '東白川郡矢祭町東舘1番地', 'the prefecture of a town'],
    ['京都府京都市中京区1', '京都市中京区1', 'a city named as its prefecture'],
    ['青葉区市ケ尾町1', '青葉区市ヶ尾町1', 'the small ケ'],
    ['青葉区市ｹ尾町1', '青葉区市が尾町1', 'ケ of half width, and が'],
    ['千代田区霞が関1-1', '千代田区霞ガ関1-1', 'が and ガ'],
    ['町田市つつじが丘一丁目', '町田市つつじヶ丘1丁目', 'が after kana'],
    ['千代田区丸の内1-1', '千代田区丸ノ内1-1', 'ノ'],
    ['武蔵野市井之頭1-1', '武蔵野市井の頭1-1', '之 of a name'],
    ['中央区北1条西2丁目', '中央区北一条西二丁目', 'a street that is counted'],
    ['千代田区一番町10', '千代田区1番町10番地', 'a town that is counted'],
    ['葛\u{E0101}飾区1-1', '葛飾区1-1', 'a variation selector'],
    ['新宿区髙田馬場1-1', '新宿区高田馬場1-1', 'a variant that people write'],
    ['文京区大塚1番2号 大塚ハイツ101号', '文京区大塚1-2大塚ハイツ101', '号 of a flat'],
    ['文京区大塚1番2号 大塚ハイツ101号室', '文京区大塚1-2大塚ﾊｲﾂ101', '号室, and half-width kana'],
    ['文京区大塚1番2号　101', '文京区大塚1-2-101', 'a flat without a building'],
    ['文京区大塚1番2号第二ビル', '文京区大塚1-2 第2ビル', 'a building that is counted'],
    ['文京区大塚1番2号二葉荘', '文京区大塚1-2 二葉荘', 'a building that begins with a numeral'],
    ['文京区大塚1-2 コーポA', '文京区大塚1-2 コ―ポａ', 'a dash for a long sound'],
  ])('%s is compared as %s: %s', (one, other) => expect(addressForm(one)).toBe(addressForm(other)));

  it.each([
    ['文京区大塚1丁目11番', '文京区大塚11丁目1番'],
    ['文京区大塚1-11', '文京区大塚11-1'],
    ['文京区大塚1 11', '文京区大塚11 1'],
    ['文京区大塚1-1-1', '文京区大塚1-11'],
    ['文京区大塚一 十一', '文京区大塚十一 一'],
    ['文京区大塚二十三番', '文京区大塚二 十三番'],
    ['文京区大塚2番3号', '文京区大塚3番2号'],
    ['文京区大塚2丁目', '文京区小石川2丁目'],
    ['文京区大塚1-2-3', '文京区大塚1-2'],
    ['文京区大塚1-2 大塚ハイツ101', '文京区大塚1-2 大塚コーポ101'],
    ['文京区大塚1-2 大塚ハイツ101', '文京区大塚1-2 大塚ハイツ102'],
    ['文京区大塚1-2', '文京区大塚1-2 大塚ハイツ'],
    ['千代田区一番町1', '千代田区二番町1'],
    ['千代田区一番町1', '千代田区1-1'],
    ['港区三田1丁目', '港区三田2丁目'],
    ['矢祭町字小三1番地', '矢祭町字小31番地'],
    ['矢祭町字十二 三番地', '矢祭町字三十三番地'],
    ['横手市十文字町1', '横手市十町1'],
    ['東京都府中市本町1', '広島県府中市本町1'],
    ['北海道伊達市末永町1', '福島県伊達市末永町1'],
    ['横浜市中区本町1', '横浜市西区本町1'],
    ['', '文京区'],
  ])('%s and %s stay two places', (one, other) => expect(addressForm(one)).not.toBe(addressForm(other)));
});

describe('The form in which an address is found', () => {
  it('is without prefecture, 大字, spaces and marks, with plain numbers', () => {
    expect(addressForm('東京都文京区大塚二丁目３番４号　大塚ハイツ１０１号')).toBe('文京区大塚2-3-4大塚ハイツ101');
    expect(addressForm('福島県東白川郡矢祭町大字東舘字舘本12番地の3')).toBe('東白川郡矢祭町東舘舘本12-3');
  });

  it('is its own form: finding it again changes nothing', () => {
    fc.assert(fc.property(sentence, (address) => same(addressForm(address), address)));
    fc.assert(fc.property(pieces, (address) => same(addressForm(address), address)));
  });

  it('is the same whatever the width', () => {
    const wide = (text: string) => text.replace(/[!-~]/g, (character) => `${shifted(character)}`);
    fc.assert(fc.property(sentence, (address) => same(wide(address), address)));
  });

  it('is the same with a space anywhere but within a number', () => {
    const NUMERALS = /[0-9〇一二三四五六七八九十百千]{2}|番地|丁目|号室|大字/;
    fc.assert(
      fc.property(towns, numbers, fc.nat(40), (town, parts, place) => {
        const address = `${town}${parts.join('-')}大塚ハイツ101号`;
        const [before, after] = [address.slice(0, place), address.slice(place)];
        const isWithin = NUMERALS.test(`${before.slice(-1)}${after.slice(0, 1)}`);
        return isWithin || (same(`${before} ${after}`, address) && same(`${before}\u{E0100}　${after}`, address));
      }),
    );
  });

  it('is the same however numbers are written: with marks, hyphens, spaces, or in kanji', () => {
    fc.assert(
      fc.property(towns, fc.tuple(number, number, number), (town, [block, lot, house]) => {
        const marked = `${town}${block}丁目${lot}番${house}号`;
        const kanji = `${town}${kanjiOf(block)}丁目${kanjiOf(lot)}番${kanjiOf(house)}号`;
        const others = [`${town}${block}-${lot}-${house}`, `${town} ${block} ${lot} ${house}`, kanji];
        return others.every((other) => same(marked, other));
      }),
    );
  });

  it('is never one for two numbers, nor for the same numbers in another order', () => {
    fc.assert(
      fc.property(towns, numbers, numbers, (town, one, other) => {
        const [a, b] = [one.join('-'), other.join('-')];
        return same(`${town}${a}`, `${town}${b}`) === (a === b);
      }),
    );
  });
});

function shifted(character: string): string {
  return String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0);
}

/** 1999 as 千九百九十九. */
function kanjiOf(value: number): string {
  const figures = [...String(value).padStart(4, '0')].map(Number);
  const written = (figure: number, unit: string) =>
    figure === 0 ? '' : `${figure === 1 && unit ? '' : '〇一二三四五六七八九'[figure]}${unit}`;
  return figures.map((figure, i) => written(figure, ['千', '百', '十', ''][i] ?? '')).join('');
}
