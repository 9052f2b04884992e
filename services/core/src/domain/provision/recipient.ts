import { areOfOnePrefecture, type LocalGovernmentCode } from '../local-government-code.js';
import type { StatutoryPurpose, Table } from './statutory-purpose.js';

/** 指定都市, 中核市, and 政令で定める市: a city can be more than one of them. */
type CityClass = 'DESIGNATED_CITY' | 'CORE_CITY' | 'CITY_BY_ORDER';

/** Who asks for provision, as far as the tables tell recipients apart. */
export type Recipient =
  /** By the names that the tables know it by. */
  | { kind: 'agency'; bodies: readonly string[] }
  | { kind: 'municipality'; code: LocalGovernmentCode; classes: readonly CityClass[] }
  | { kind: 'prefecture'; code: LocalGovernmentCode };

interface Offices {
  kind: 'municipality' | 'prefecture';
  /** Only those of this class, or the one of this code; all where neither is stated. */
  class?: CityClass;
  code?: LocalGovernmentCode;
}

/** The offices that a text of the tables means; any other text is the name of an agency. */
const OFFICES = new Map<string, Offices>([
  ['市町村長', { kind: 'municipality' }],
  ['選挙管理委員会', { kind: 'municipality' }],
  ['指定都市', { kind: 'municipality', class: 'DESIGNATED_CITY' }],
  ['指定都市の長', { kind: 'municipality', class: 'DESIGNATED_CITY' }],
  ['地方自治法第二百五十二条の二十二第一項の中核市の長', { kind: 'municipality', class: 'CORE_CITY' }],
  ['政令で定める市の長', { kind: 'municipality', class: 'CITY_BY_ORDER' }],
  ['広島市', { kind: 'municipality', code: '341002' }],
  ['長崎市の長', { kind: 'municipality', code: '422011' }],
  ['都道府県知事', { kind: 'prefecture' }],
  ['沖縄県知事', { kind: 'prefecture', code: '470007' }],
  ['福島県知事', { kind: 'prefecture', code: '070009' }],
]);

/** What kind of office a text of the tables means; undefined for the name of an agency. */
export function officesMeantBy(text: string): Offices['kind'] | undefined {
  return OFFICES.get(text)?.kind;
}

/** Whether a text of the tables means this recipient. No agency is meant by a text that means offices, whatever its name. */
export function isRecipient(text: string, recipient: Recipient): boolean {
  const offices = OFFICES.get(text);
  if (recipient.kind === 'agency') return offices === undefined && recipient.bodies.includes(text);
  if (offices?.kind !== recipient.kind) return false;
  if (offices.code !== undefined) return offices.code === recipient.code;
  return (
    offices.class === undefined || (recipient.kind === 'municipality' && recipient.classes.includes(offices.class))
  );
}

/** What an ordinance adds names offices of its own prefecture alone. */
export function isNamedIn({ recipients, prefecture }: StatutoryPurpose, recipient: Recipient): boolean {
  if (prefecture !== undefined && !isOf(prefecture, recipient)) return false;
  return recipients.some((text) => isRecipient(text, recipient));
}

/** What a recipient may cite of a table while it is in force, in the order of the table (BASIS). */
export function purposesOf(
  purposes: readonly StatutoryPurpose[],
  table: Table,
  recipient: Recipient,
): StatutoryPurpose[] {
  return purposes.filter((purpose) => purpose.table === table && isNamedIn(purpose, recipient));
}

function isOf(prefecture: LocalGovernmentCode, recipient: Recipient): boolean {
  return recipient.kind !== 'agency' && areOfOnePrefecture(recipient.code, prefecture);
}
