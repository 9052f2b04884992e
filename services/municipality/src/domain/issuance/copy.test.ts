import { describe, expect, it } from '@jest/globals';
import { makeCopy } from './copy.js';
import type { CopyRecord } from './copy-record.js';
import { copyText } from './copy-text.js';

const HANAKO: CopyRecord = {
  name: '𠮷田 花\u{E0101}子',
  commonName: null,
  birthDate: '1989-01-07',
  sex: 'FEMALE',
  becameResidentOn: '1989-01-08',
  address: '東京都国立市東一丁目1番1号',
  movedWithinTownOn: '2010-10-01',
  notifiedOn: '2010-10-05',
  previousAddress: '東京都国立市中二丁目2番2号',
};
const MARIA: CopyRecord = {
  ...HANAKO,
  ...{ name: 'GARCIA MARIA', commonName: '髙橋 まりあ', sex: 'MALE' as const },
  ...{ movedWithinTownOn: null, previousAddress: null },
};
const HOUSEHOLD = { householderName: '𠮷田 太郎', relationship: '妻' };

function copyOf(...records: CopyRecord[]) {
  return makeCopy({
    records,
    issuing: { code: '131059', name: '文京区' },
    home: { code: '132152', name: '国立市' },
    issuedOn: '2019-05-01',
    feeYen: 300,
  });
}

describe('A copy of a resident record, made elsewhere (Order 15-4)', () => {
  it('ends with the statement that it was made from what the home mayor notified, with day and issuing mayor', () => {
    expect(copyOf(HANAKO).statement).toBe(
      'この写しは、国立市長から通知された事項に基づいて作成したものである。\n令和元年5月1日　文京区長',
    );
  });

  it('holds what came from home as it came, and the fee of the issuing municipality', () => {
    const copy = copyOf(HANAKO, MARIA);
    expect(copy.records).toEqual([HANAKO, MARIA]);
    expect([copy.feeYen, copy.issuedOn, copy.home.code, copy.issuing.code]).toEqual([
      ...[300, '2019-05-01'],
      ...['132152', '131059'],
    ]);
  });
});

describe('The copy as text', () => {
  it('has a line for each item that every copy has, with dates by the Japanese era', () => {
    expect(linesOf(HANAKO)).toEqual([
      '氏名　　　　　　　　𠮷田 花\u{E0101}子',
      '生年月日　　　　　　昭和64年1月7日',
      '性別　　　　　　　　女',
      '住民となった日　　　平成元年1月8日',
      '住所　　　　　　　　東京都国立市東一丁目1番1号',
      '住所を定めた日　　　平成22年10月1日',
      '届出日　　　　　　　平成22年10月5日',
      '従前の住所　　　　　東京都国立市中二丁目2番2号',
    ]);
  });

  it('prints rare characters and variation sequences as the record has them, code point for code point', () => {
    expect(copyText(copyOf(HANAKO))).toContain('\u{20BB7}田 花\u{E0101}子');
    expect(copyText(copyOf(MARIA))).toContain('髙橋 まりあ');
  });

  it('says where there is nothing to print, and has a common name only where there is one', () => {
    const text = linesOf(MARIA);
    expect(text).toContain('通称　　　　　　　　髙橋 まりあ');
    expect(text).toContain('住所を定めた日　　　（空欄）');
    expect(text).toContain('従前の住所　　　　　（空欄）');
    expect(linesOf(HANAKO).join()).not.toContain('通称');
  });

  it('has no line for householder, relationship or code unless they were asked for (MIN)', () => {
    expect(copyText(copyOf(HANAKO))).not.toMatch(/世帯主|続柄|住民票コード/);
  });

  it('names householder and relationship where item 4 was asked for', () => {
    const text = copyText(copyOf({ ...HANAKO, household: HOUSEHOLD }));
    expect(text).toContain('世帯主　　　　　　　𠮷田 太郎\n');
    expect(text).toContain('続柄　　　　　　　　妻\n');
    expect(text).not.toContain('住民票コード');
  });

  it('prints the code where item 13 was asked for', () => {
    const text = copyText(copyOf({ ...HANAKO, residentRecordCode: '24727059608' }));
    expect(text).toContain('住民票コード　　　　24727059608\n');
    expect(text).not.toMatch(/世帯主|続柄/);
  });

  it('has a block for each person, and names the householder once', () => {
    const text = copyText(copyOf({ ...HANAKO, household: HOUSEHOLD }, { ...MARIA, household: HOUSEHOLD }));
    expect(text.match(/^氏名/gm)).toHaveLength(2);
    expect(text.match(/^世帯主/gm)).toHaveLength(1);
    expect(text.indexOf('花')).toBeLessThan(text.indexOf('GARCIA'));
  });

  it('never has a line for registered domicile, first-listed person, insurance or pension (NEVER)', () => {
    const everything = { ...HANAKO, household: HOUSEHOLD, residentRecordCode: '24727059608' };
    expect(copyText(copyOf(everything))).not.toMatch(/本籍|筆頭者|保険|年金|手当|選挙/);
  });

  it('begins with what it is, and ends with the statement', () => {
    const copy = copyOf(HANAKO);
    expect(copyText(copy).split('\n')[0]).toMatch(/住　民　票　の　写　し　（広域交付）$/);
    expect(copyText(copy).endsWith(`${copy.statement}\n`)).toBe(true);
  });
});

/** The lines of a copy of one record, without title, rules and statement. */
function linesOf(record: CopyRecord): string[] {
  const copy = copyOf(record);
  const [, body = ''] = copyText(copy).split(/^─+$/m);
  return body.trim().split('\n');
}
