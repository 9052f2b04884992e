import { plainForm } from './personal-name.js';

const DIGITS = '〇一二三四五六七八九';
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };
const FIGURE = '[一二三四五六七八九]';
const NUMERAL = `[${DIGITS}十百千]`;

/** 二三 is 23 and 二十三 is 23; what makes no number, as 十二三, is taken as two. */
const NUMBER = new RegExp(
  `[${DIGITS}]+(?!${NUMERAL})|〇+|(?=${NUMERAL})(?:${FIGURE}?千)?(?:${FIGURE}?百)?(?:${FIGURE}?十)?${FIGURE}?`,
  'g',
);
const SPACE_BETWEEN_NUMBERS = new RegExp(`(?<=${NUMERAL}|[0-9])\\s+(?=${NUMERAL}|[0-9])`, 'g');

const PREFECTURES =
  `北海道 東京都 京都府 大阪府 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 神奈川県
  新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県
  徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県`.split(/\s+/);

/** Two cities have a namesake in another prefecture: they are told apart by it. */
const PREFECTURE = new RegExp(`^(?:${PREFECTURES.join('|')})(?!府中市|伊達市)`);

/** Stands where a number ends for certain: between two numbers it parts them, elsewhere it goes. */
const EDGE = '|';

/**
 * The form in which addresses are compared and found: the same for one place, however it is written. Never stored in the
 * place of an address, and never shown.
 *
 * Numbers stay apart, and in their order: 1丁目11番 and 11丁目1番 are two places. What a hyphen hides can not be told from
 * it: 大字芝1番地2 and 芝一丁目2番 have one form, so whoever finds by it must be ready to find two. A name with numerals in
 * it, as 八王子, is turned as a block number is, on both sides.
 */
export function addressForm(address: string): string {
  return withoutMarks(withPlainNumbers(withoutPrefecture(bareForm(address))));
}

function bareForm(address: string): string {
  const visible = address.normalize('NFKC').replace(/\p{Variation_Selector}/gu, '');
  return plainForm(visible.replace(SPACE_BETWEEN_NUMBERS, EDGE)).replace(/[‐‒–—―−─ー]/g, '-');
}

function withoutPrefecture(address: string): string {
  return address.replace(PREFECTURE, '');
}

/** Also without 大字 and 字, which part numbers as well. */
function withPlainNumbers(address: string): string {
  return address
    .replace(/(?<!文)大?字/g, EDGE)
    .replace(NUMBER, (number) => `${EDGE}${read(number)}${EDGE}`)
    .replace(/(?<=[0-9])\|+(?=[0-9])/g, '-')
    .replaceAll(EDGE, '');
}

/** 丁目, 番地, 番, 号 and の between numbers are a hyphen, after the last one nothing; then ケ and の of names. */
function withoutMarks(address: string): string {
  return address
    .replace(/(?<=[0-9])(?:丁目?|番地|番(?![町丁])|号|[の之ノ-])+(?=[0-9])/g, '-')
    .replace(/(?<=[0-9])(?:丁目|番地|番(?![町丁])|号(?:室$)?)+/g, '')
    .replace(/[ヶヵ]|(?<=.)[がガ](?=\p{Script=Han})/gu, 'ケ')
    .replace(/(?<=[\p{Script=Han}0-9])[之ノ](?=[\p{Script=Han}0-9])/gu, 'の');
}

function read(number: string): string {
  if (!/[十百千]/.test(number)) return [...number].map((digit) => DIGITS.indexOf(digit)).join('');
  let [sum, figure] = [0, 0];
  for (const character of number) {
    const unit = UNITS[character];
    if (unit !== undefined) sum += (figure || 1) * unit;
    figure = unit === undefined ? DIGITS.indexOf(character) : 0;
  }
  return String(sum + figure);
}
