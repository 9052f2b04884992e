import { plainForm } from '#core/domain/personal-name.js';

/** The form in which readings are found: katakana, whichever kana they were written in. */
export function readingForm(reading: string): string {
  return plainForm(reading).replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}

const DIGITS = '〇一二三四五六七八九';
const DASHES = /[-‐‑‒–—―−ー]/g;

/**
 * The form in which addresses are found: 一丁目16番21号, 1-16-21 and １−１６−２１ are one place. Never stored in the
 * place of an address, and never shown.
 */
export function addressForm(address: string): string {
  return address
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[〇一二三四五六七八九十]+(?=丁目)/g, (number) => String(arabic(number)))
    .replace(/(?<=\d)(丁目|番地の?|番|号)(?=\d|$)/g, '-')
    .replace(/(?<=\d)(丁目|番地の?|番|号)(?!室)/g, '')
    .replace(DASHES, '-')
    .replace(/-+$/, '')
    .toLowerCase();
}

/** Of 一 to 九十九, as chome are counted. */
function arabic(number: string): number {
  const [tens, ones] = number.includes('十') ? number.split('十') : ['', number];
  const digit = (text: string | undefined) => Math.max(0, DIGITS.indexOf(text || '〇'));
  const ten = number.includes('十') ? Math.max(1, digit(tens)) : 0;
  return ten * 10 + digit(ones);
}
