import { describe, expect, it } from '@jest/globals';
import { aCode, aRecord } from '../../../../../test/support/records.js';
import { noticeSheet } from './notice-sheet.js';

const sheet = noticeSheet(aRecord({ name: '𠮷田 花子', residentRecordCode: aCode(1) }), '文京区長', '2016-05-27');

describe('The notice sheet of a new code (住民票コード通知書)', () => {
  it('tells the person their code, with name and address as the register has them', () => {
    expect(sheet.residentRecordCode).toBe(aCode(1));
    for (const text of ['住 民 票 コ ー ド 通 知 書', aCode(1), '𠮷田 花子', '東京都文京区春日一丁目16番21号'])
      expect(sheet.text).toContain(text);
  });

  it('says by whom and on which day', () => expect(sheet.text).toContain('平成28年5月27日　文京区長'));

  it('keeps the leading zeros of a code', () => {
    expect(aCode(1)).toMatch(/^0/);
    expect(sheet.text).toMatch(new RegExp(`　${aCode(1)}$`, 'm'));
  });

  it('tells nothing else of the record', () => {
    for (const secret of ['1980', '昭和55年', '世帯主', '本籍', '筆頭者', '登載', '歌舞伎町'])
      expect(sheet.text).not.toContain(secret);
  });
});
