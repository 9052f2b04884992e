import type { Random } from './random.js';
import { type Area, areasBeyond, type Town } from './towns.js';

const KANJI_NUMERALS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const BUILDINGS = ['ハイツ', 'コーポ', 'レジデンス', 'ガーデンハイム', 'パークコート', '第二ビルディング'];
const COUNTRIES = [
  'アメリカ合衆国',
  '英国',
  'ドイツ連邦共和国',
  'シンガポール共和国',
  'オーストラリア連邦',
  'タイ王国',
];

export function drawAddress(random: Random, area: Area): string {
  const town = random.pick(area.towns);
  const building = random.chance(area.rural ? 0.03 : 0.4) ? ` ${drawBuilding(random, town)}` : '';
  return `${area.prefix}${drawTown(random, town)}${drawNumber(random, town)}${building}`;
}

/** 本籍, down to 番地. */
export function drawDomicile(random: Random, home: Area): string {
  const area = random.chance(0.4) ? home : drawAreaBeyond(random, home);
  return `${area.prefix}${drawTown(random, random.pick(area.towns))}${random.between(1, 120)}番地`;
}

export function drawPreviousAddress(random: Random, home: Area): string {
  return random.chance(0.07) ? random.pick(COUNTRIES) : drawAddress(random, drawAreaBeyond(random, home));
}

/** Whether a previous address is one of a prefecture's; else it is a country. */
export function isInJapan(address: string): boolean {
  return /^.{2,3}[都道府県]/.test(address);
}

function drawAreaBeyond(random: Random, home: Area): Area {
  const { near, far } = areasBeyond(home);
  return random.pick(random.chance(0.4) ? near : far);
}

function drawTown(random: Random, town: Town): string {
  const chome = town.chome === 0 ? '' : `${KANJI_NUMERALS[random.between(1, town.chome)]}丁目`;
  return `${town.name}${chome}`;
}

function drawNumber(random: Random, town: Town): string {
  if (town.numbering === 'BLOCK') return `${random.between(1, 35)}番${random.between(1, 28)}号`;
  const branch = random.chance(0.5) ? `の${random.between(1, 15)}` : '';
  return `${random.between(1, town.chome === 0 ? 180 : 40)}番地${branch}`;
}

function drawBuilding(random: Random, town: Town): string {
  const name = town.name.replace(/^(.+区|大字)/, '');
  return `${name}${random.pick(BUILDINGS)}${random.between(1, 8)}0${random.between(1, 8)}号`;
}
