import type { Wording } from '../wording.js';
import type { Occasion } from './inquiry.js';
import type { GivenWord } from './provision.js';
import type { StatutoryPurpose, Table } from './statutory-purpose.js';

/** 事由 */
export const OCCASION_WORDINGS: Record<Occasion, Wording> = {
  APPLICATION: { ja: '申請', en: 'application' },
  NOTIFICATION: { ja: '届出', en: 'notification' },
  STATUS_REPORT: { ja: '現況の確認', en: 'status report' },
  INSPECTION: { ja: '調査', en: 'inspection' },
};

const GIVEN_WORDINGS: Record<GivenWord, Wording> = {
  NAME: { ja: '氏名', en: 'name' },
  BIRTH_DATE: { ja: '生年月日', en: 'birth date' },
  SEX: { ja: '性別', en: 'sex' },
  ADDRESS: { ja: '住所', en: 'address' },
  RESIDENT_RECORD_CODE: { ja: '住民票コード', en: 'resident record code' },
  CHANGE_INFORMATION: { ja: '異動事由等', en: 'change information' },
  NO_CHANGE: { ja: '変更がないこと', en: 'that nothing is otherwise than stated' },
  DELETED: { ja: '消除されていること', en: 'that the record is deleted' },
  NOTHING: { ja: 'なし', en: 'nothing' },
};

const TABLES: Record<Table, { ja: string; paragraph: string; article: string }> = {
  1: { ja: '別表第一', paragraph: '第30条の7第3項', article: '30-7(3)' },
  2: { ja: '別表第二', paragraph: '第30条の7第4項', article: '30-7(4)' },
  3: { ja: '別表第三', paragraph: '第30条の7第5項', article: '30-7(5)' },
  4: { ja: '別表第四', paragraph: '第30条の7第6項', article: '30-7(6)' },
  5: { ja: '別表第五', paragraph: '第30条の8第1項', article: '30-8(1)' },
};

/** 事務区分: the entry, and the Act or the ordinance under which the business is done. */
export function purposeWording({ table, item, law, prefecture }: StatutoryPurpose): Wording {
  if (prefecture !== undefined) return { ja: law, en: `${law}, item ${item}, an ordinance of ${prefecture}` };
  const counted = item.replaceAll('-', 'の');
  return { ja: `${TABLES[table].ja} ${counted}の項（${law}）`, en: `appended table ${table}, item ${item}` };
}

/** The paragraph by which an entry of a table, or what an ordinance adds to one, is provided for. */
export function purposeBasis({ table }: Pick<StatutoryPurpose, 'table'>): Wording {
  const { paragraph, article } = TABLES[table];
  return { ja: `住民基本台帳法${paragraph}`, en: `Basic Resident Registration Act, Article ${article}` };
}

/** @param given in the words of the log; one that this version does not know stays as it is */
export function givenWording(given: string): Wording {
  const words = given.split(' ').map((word) => GIVEN_WORDINGS[word as GivenWord] ?? { ja: word, en: word });
  return { ja: words.map(({ ja }) => ja).join('、'), en: words.map(({ en }) => en).join(', ') };
}
