import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { residentRecordCodeOf } from '#core/domain/resident-record-code.js';
import type { CopyRecord as CopyRecordMessage } from '#core/wire/generated/juki/issuance/v1/CopyRecord.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import type { CopyRecord } from '../domain/issuance/copy-record.js';
import { copyRecordMessage, copyRecordOfMessage } from './copy-record-message.js';

const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');

function arrived(...records: CopyRecordMessage[]): CopyRecord[] {
  return ProvideCopyData.decodeResponse(ProvideCopyData.encodeResponse({ records })).records.map(copyRecordOfMessage);
}

/** What is printed on one line. */
const texts = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => /^[^\p{Cc}\p{Zl}\p{Zp}]{1,300}$/u.test(text));
const days = fc
  .date({ min: new Date('1868-10-23'), max: new Date('2016-05-27'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const codes = fc
  .stringMatching(/^[0-9]{10}$/)
  .map(residentRecordCodeOf)
  .filter((code) => code !== undefined);
const copyRecords: fc.Arbitrary<CopyRecord> = fc.record(
  {
    name: texts,
    commonName: fc.option(texts),
    birthDate: days,
    sex: fc.constantFrom('MALE', 'FEMALE'),
    household: fc.record({ householderName: texts, relationship: texts }),
    becameResidentOn: days,
    address: texts,
    movedWithinTownOn: fc.option(days),
    notifiedOn: days,
    previousAddress: fc.option(texts),
    residentRecordCode: codes,
  },
  {
    requiredKeys: [
      ...(['name', 'commonName', 'birthDate', 'sex', 'becameResidentOn', 'address'] as const),
      ...(['movedWithinTownOn', 'notifiedOn', 'previousAddress'] as const),
    ],
  },
);

const HANAKO: CopyRecord = {
  ...{ name: '𠮷田 花\u{E0101}子', commonName: null, birthDate: '1980-04-01', sex: 'FEMALE' },
  ...{ becameResidentOn: '2005-04-01', address: '東京都国立市東一丁目1番1号', movedWithinTownOn: null },
  ...{ notifiedOn: '2005-04-05', previousAddress: null },
};

describe("One person's part of a copy, on its way from home", () => {
  it('arrives as it was sent', () => {
    fc.assert(fc.property(copyRecords, (sent) => expect(arrived(copyRecordMessage(sent))).toEqual([sent])));
  });

  it('carries rare characters and variation sequences code point for code point', () => {
    expect([...(arrived(copyRecordMessage(HANAKO))[0]?.name ?? '')]).toEqual([...HANAKO.name]);
  });

  it('has no householder, relationship or code where none was sent, not even an empty one (MIN)', () => {
    const [record = {}] = arrived(copyRecordMessage(HANAKO));
    expect(Object.keys(record).sort()).toEqual(Object.keys(HANAKO).sort());
  });

  it('keeps several people apart and in their order', () => {
    const taro = { ...HANAKO, name: '𠮷田 太郎', sex: 'MALE' as const };
    expect(arrived(copyRecordMessage(taro), copyRecordMessage(HANAKO))).toEqual([taro, HANAKO]);
  });
});

describe('An answer that lacks what every copy has is refused: the field is named, never its value', () => {
  const message = copyRecordMessage(HANAKO);
  const impossible = { year: 1981, month: 2, day: 29 };

  it.each([
    ['name', 'is missing', { name: null }],
    ['name', 'is empty', { name: { name: '', commonName: '髙橋' } }],
    ['birth_date', 'is missing', { birthDate: null }],
    ['birth_date', 'does not exist', { birthDate: impossible }],
    ['sex', 'is not stated', { sex: 'SEX_UNSPECIFIED' }],
    ['sex', 'is not one that records have', { sex: 9 }],
    ['became_resident_on', 'is missing', { becameResidentOn: null }],
    ['became_resident_on', 'does not exist', { becameResidentOn: impossible }],
    ['address', 'is missing', { address: null }],
    ['address', 'is empty', { address: { address: '' } }],
    ['moved_within_town_on', 'does not exist', { address: { address: '東京都', movedWithinTownOn: impossible } }],
    ['notified_on', 'is missing', { notification: null }],
    ['notified_on', 'does not exist', { notification: { notifiedOn: impossible, previousAddress: '東京都' } }],
  ] as [string, string, CopyRecordMessage][])('%s, which %s', (field, _fault, parts) => {
    const details = { field, fault: 'is missing' };
    const refusal = expect.objectContaining({ reason: 'INVALID_REQUEST', details });
    expect(() => arrived({ ...message, ...parts })).toThrow(refusal);
  });
});

describe('An answer that would write on another line of the paper', () => {
  const message = copyRecordMessage(HANAKO);

  it.each([
    ['name', { name: { name: '𠮷田 花子\n世帯主　別人' } }],
    ['address', { address: { address: '東京都\u2028文京区' } }],
    ['relationship', { household: { householderName: '𠮷田 太郎', relationship: '子\r\n父' } }],
  ] as [string, CopyRecordMessage][])('is refused: the %s is one line', (field, parts) => {
    const details = { field, fault: 'is not a line of text' };
    expect(() => arrived({ ...message, ...parts })).toThrow(expect.objectContaining({ details }));
  });

  it('is refused as well where the code is none that was ever allotted', () => {
    const details = { field: 'resident_record_code', fault: 'is missing' };
    const answer = { ...message, residentRecordCode: '12345678901' };
    expect(() => arrived(answer)).toThrow(expect.objectContaining({ details }));
  });
});
