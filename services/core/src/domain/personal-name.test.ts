import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { goesBy, plainForm, sameName } from './personal-name.js';

const names = fc.string({ unit: fc.constantFrom(...'髙高﨑崎𠮷吉邊邉辺齋斎齊斉濵浜葛辻 　Aａbアｱがガ子') });

describe('Two ways of writing one name', () => {
  it.each([
    ['髙橋', '高橋', 'the ladder form of 高'],
    ['山﨑', '山崎', 'a variant of 崎'],
    ['𠮷田', '吉田', 'a character outside the basic plane'],
    ['渡邊', '渡辺', 'an old form'],
    ['渡邉', '渡邊', 'two old forms of one character'],
    ['齋藤', '斎藤', 'the old form of 斎'],
    ['齊藤', '斉藤', 'the old form of 斉'],
    ['葛\u{E0101}城', '葛城', 'an ideographic variation sequence'],
    ['辻\uFE00', '辻', 'a standardized variation selector'],
    ['\uFA19田', '\u795E田', 'a compatibility ideograph'],
    ['文京 太郎', '文京太郎', 'a space between family name and given name'],
    ['文京　太郎', '文京 太郎', 'the full-width space'],
    ['ＭＡＲＩＡ', 'Maria', 'full width and capitals'],
    ['ﾏﾘｱ ｶﾞﾙｼｱ', 'マリア ガルシア', 'half-width kana with a separate voicing mark'],
  ])('%s is compared as %s: %s', (one, other) => {
    expect(sameName(one, other)).toBe(true);
    expect(sameName(other, one)).toBe(true);
  });

  it.each([
    ['渡辺', '渡部'],
    ['斎藤', '斉藤'],
    ['齋藤', '齊藤'],
    ['高田', '吉田'],
    ['文京太郎', '文京次郎'],
    ['文京太郎', '文京太'],
    ['文京太郎', '太郎文京'],
    ['ハル', 'はる'],
    ['ハル', 'バル'],
    ['Maria', 'Mario'],
    ['', '文京太郎'],
  ])('%s and %s stay two names', (one, other) => expect(sameName(one, other)).toBe(false));

  it('the order in which two names are compared makes no difference', () => {
    fc.assert(fc.property(names, names, (one, other) => sameName(one, other) === sameName(other, one)));
  });

  it('a space or a variation selector anywhere makes no other name', () => {
    const marks = fc.constantFrom(' ', '　', '\u{E0100}', '\u{E01EF}', '\uFE0F');
    fc.assert(
      fc.property(names, names, marks, (before, after, mark) => sameName(before + mark + after, before + after)),
    );
  });

  it('a pattern matches nobody: there are no wildcards', () => {
    for (const pattern of ['%', '文京%', '文京*', '.*', '文京__', '?', '＊'])
      expect(sameName('文京太郎', pattern)).toBe(false);
  });
});

describe('Somebody answers to a name', () => {
  const maria = { name: 'GARCIA MARIA', commonName: '髙橋 まりあ' };
  const taro = { name: '髙橋 太郎', commonName: null };

  it('that is theirs, however it is written', () => {
    for (const wanted of ['髙橋 太郎', '高橋太郎', '高橋　太郎']) expect(goesBy(taro, wanted)).toBe(true);
  });

  it('that is their common name, as well as to their name', () => {
    expect(goesBy(maria, 'Garcia Maria')).toBe(true);
    expect(goesBy(maria, '高橋まりあ')).toBe(true);
  });

  it('and to no other, nor to nothing where they have no common name', () => {
    for (const wanted of ['高橋 次郎', '高橋', '', 'null']) expect(goesBy(taro, wanted)).toBe(false);
    expect(goesBy(maria, 'GARCIA まりあ')).toBe(false);
  });
});

describe('The form in which a name is found', () => {
  it('is the same for 高橋 and 髙橋, so that each finds the other', () => {
    expect(plainForm('髙橋')).toBe(plainForm('高橋'));
    expect(plainForm('高橋')).toBe('高橋');
  });

  it('is without spaces, of plain width, and in small letters', () => {
    expect(plainForm(' ＧＡＲＣＩＡ　Ｍａｒｉａ ')).toBe('garciamaria');
    expect(plainForm('ﾀｶﾊｼ')).toBe('タカハシ');
  });

  it('is the same for two names exactly where they can be the same name', () => {
    fc.assert(
      fc.property(names, names, (one, other) => sameName(one, other) === (plainForm(one) === plainForm(other))),
    );
  });

  it('is its own form: finding it again changes nothing', () => {
    fc.assert(fc.property(names, (name) => plainForm(plainForm(name)) === plainForm(name)));
  });
});
