import { type CalendarDate, japaneseDate } from '#core/domain/calendar-date.js';
import type { Copy } from './copy.js';
import type { CopyRecord } from './copy-record.js';
import type { HomeCopy, HomeCopyRecord } from './home-copy.js';

const RULE = '─'.repeat(36);
const LABEL_WIDTH = 10;

/** The copy as plain text, ready to print: a block a person, then the statement. Names are printed as stored. */
export function copyText(copy: Copy): string {
  return textOf('　　　　　　　住　民　票　の　写　し　（広域交付）', copy.records, copy.statement);
}

/** A copy that is issued at home. */
export function homeCopyText({ records, statement }: HomeCopy): string {
  return textOf('　　　　　　　住　民　票　の　写　し', records, statement);
}

function textOf(title: string, records: HomeCopyRecord[], statement: string): string {
  const householder = records[0]?.household?.householderName;
  const blocks = records.map((record) => [...linesOf(record), ...familyRegisterLines(record), RULE].join('\n'));
  const head = householder === undefined ? [] : [line('世帯主', householder), RULE];
  return [title, RULE, ...head, ...blocks, statement, ''].join('\n');
}

function familyRegisterLines({ familyRegister }: HomeCopyRecord): string[] {
  if (!familyRegister) return [];
  const { registeredDomicile, firstListedPerson, nationality, residenceStatus } = familyRegister;
  if (nationality !== null) return [line('国籍・地域', nationality), line('在留資格', residenceStatus ?? '')];
  return [line('本籍', registeredDomicile ?? ''), line('筆頭者', firstListedPerson ?? '')];
}

function linesOf(record: CopyRecord): string[] {
  return [
    line('氏名', record.name),
    record.commonName && line('通称', record.commonName),
    line('生年月日', japaneseDate(record.birthDate)),
    line('性別', record.sex === 'MALE' ? '男' : '女'),
    record.household && line('続柄', record.household.relationship),
    line('住民となった日', japaneseDate(record.becameResidentOn)),
    line('住所', record.address),
    line('住所を定めた日', optionalDate(record.movedWithinTownOn)),
    line('届出日', japaneseDate(record.notifiedOn)),
    line('従前の住所', record.previousAddress ?? '（空欄）'),
    record.residentRecordCode && line('住民票コード', record.residentRecordCode),
  ].filter((text) => typeof text === 'string');
}

function optionalDate(date: CalendarDate | null): string {
  return date === null ? '（空欄）' : japaneseDate(date);
}

/** Labels are of full-width characters, so padding with the full-width space lines the values up. */
function line(label: string, value: string): string {
  return `${label.padEnd(LABEL_WIDTH, '　')}${value}`;
}
