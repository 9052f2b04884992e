import { type CalendarDate, japaneseDate } from '#core/domain/calendar-date.js';
import type { ResidentRecord } from '../register/resident-record.js';

/** 住民票コード通知書: handed once to whoever has a new code. No office ever asks for it, and a lost one is not made again. */
export interface NoticeSheet {
  residentRecordCode: string;
  text: string;
}

export function noticeSheet(record: ResidentRecord, mayor: string, on: CalendarDate): NoticeSheet {
  const { residentRecordCode, name, address } = record;
  const text = [
    '　　　　　　　住 民 票 コ ー ド 通 知 書',
    '─'.repeat(36),
    `住所　　　　　　　　${address}`,
    `氏名　　　　　　　　${name}`,
    `住民票コード　　　　${residentRecordCode}`,
    '─'.repeat(36),
    'あなたの住民票に記載した住民票コードを通知します。',
    `${japaneseDate(on)}　${mayor}`,
    '',
  ].join('\n');
  return { residentRecordCode, text };
}
