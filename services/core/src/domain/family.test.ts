import { describe, expect, it } from '@jest/globals';
import { areOneFamily } from './family.js';

const OWN = { name: '髙橋 花子', address: '東京都文京区春日一丁目１６番２１号' };

describe('Two people are one family', () => {
  it.each([
    ['by one name at one address', { name: '髙橋 太郎', address: OWN.address }],
    ['whichever space is between the names', { name: '髙橋　太郎', address: OWN.address }],
    ['with a variant of the name', { name: '高橋 太郎', address: OWN.address }],
    ['with the address in another width', { name: '髙橋 太郎', address: '東京都文京区春日一丁目16番21号 ' }],
    ['where they are the same person', OWN],
    [
      'in Latin letters of either case',
      { name: 'SMITH JOHN', address: OWN.address },
      { name: 'Smith Mary', address: OWN.address },
    ],
    ['where a name has one part', { name: '髙橋', address: OWN.address }],
  ])('%s', (_how, other, own = OWN) => {
    expect(areOneFamily(own, other)).toBe(true);
    expect(areOneFamily(other, own)).toBe(true);
  });
});

describe('Two people are not taken for one family', () => {
  it.each([
    ['by one name elsewhere', { name: '髙橋 太郎', address: '東京都文京区春日一丁目１６番２２号' }],
    ['by another name at one address', { name: '鈴木 太郎', address: OWN.address }],
    ['by a name that only begins in the same way', { name: '髙橋田 太郎', address: OWN.address }],
    ['by the given name alone', { name: '鈴木 花子', address: OWN.address }],
    ['where there is no name', { name: '　', address: OWN.address }],
    ['where there is no address', { name: '髙橋 太郎', address: '' }],
  ])('%s', (_how, other) => {
    expect(areOneFamily(OWN, other)).toBe(false);
    expect(areOneFamily(other, OWN)).toBe(false);
  });

  it('where neither has a name or an address', () => {
    expect(areOneFamily({ name: '', address: OWN.address }, { name: '', address: OWN.address })).toBe(false);
    expect(areOneFamily({ name: OWN.name, address: '' }, { name: OWN.name, address: '' })).toBe(false);
  });
});
