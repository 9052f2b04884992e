import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from '@jest/globals';
import type { Refusal } from '../domain/refusal.js';
import type { WideAreaIssuanceServiceDefinition } from './generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from './procedure.js';
import { checkStrictly } from './strict-check.js';

const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');

const REQUEST = 'juki.issuance.v1.ProvideCopyDataRequest';
const RESPONSE = 'juki.issuance.v1.ProvideCopyDataResponse';
/** Fields of ProvideCopyDataRequest by their numbers. */
const [NAME, BIRTH_DATE_AND_SEX, WHOM, MEMBER_NAMES, WITH_HOUSEHOLD] = [1, 3, 4, 5, 6];
const NOT_UTF8 = Uint8Array.of(0xff);

describe('Bytes that carry what their procedure names', () => {
  const request = ProvideCopyData.encodeRequest({
    applicantName: '𠮷田 花子',
    birthDateAndSex: { birthDate: { year: 1980, month: 4, day: 1 }, sex: 'SEX_FEMALE' },
    whom: 'WHOM_TO_PRINT_NAMED_MEMBERS',
    memberNames: ['吉田 太郎', '吉田 次郎'],
    withHousehold: true,
  });

  it('pass, and each field that they carry is named by its path', () => {
    expect(fieldsOf(REQUEST, request)).toEqual([
      'applicant_name',
      'birth_date_and_sex',
      'birth_date_and_sex.birth_date',
      'birth_date_and_sex.birth_date.year',
      'birth_date_and_sex.birth_date.month',
      'birth_date_and_sex.birth_date.day',
      'birth_date_and_sex.sex',
      'whom',
      'member_names',
      'member_names',
      'with_household',
    ]);
  });

  it('pass when there are none: a message without a field is a message', () => {
    expect(fieldsOf(REQUEST, new Uint8Array())).toEqual([]);
  });

  it('are broken by every cut that does not fall between two fields', () => {
    const whole = [...Array(request.length).keys()].filter((length) => !refusal(REQUEST, request.subarray(0, length)));
    const fields = whole.map((length) => fieldsOf(REQUEST, request.subarray(0, length)).length);
    expect(fields).toEqual([0, 1, 7, 8, 9, 10]);
  });
});

describe('A field that stands twice', () => {
  const CODE = new BinaryWriter().tag(2, WireType.LengthDelimited).string('24727059608').finish();
  const BORN = new BinaryWriter().tag(BIRTH_DATE_AND_SEX, WireType.LengthDelimited).bytes(new Uint8Array()).finish();

  it('is refused, because decoders silently take the last one', () => {
    expect(refusal(REQUEST, Buffer.concat([CODE, CODE]))).toMatchObject({ fault: 'is stated twice' });
  });

  it('is refused as well where it is a choice between two', () => {
    const expected = { field: 'birth_date_and_sex', fault: 'is stated twice' };
    expect(refusal(REQUEST, Buffer.concat([CODE, BORN]))).toEqual(expected);
  });
});

describe('A field that the procedure does not name (DATA)', () => {
  it('is refused, with its number and without its value', () => {
    const bytes = written((to) => text(to, NAME, '吉田').tag(15, WireType.LengthDelimited).string('秘密'));
    expect(refusal(REQUEST, bytes)).toEqual({ field: '', fault: 'has a field 15 that the procedure does not name' });
  });

  it('is refused within another, whose path is told', () => {
    const name = written((to) => text(to, 1, '吉田').tag(3, WireType.Varint).int32(1));
    const record = written((to) => to.tag(1, WireType.LengthDelimited).bytes(name));
    expect(
      refusal(
        RESPONSE,
        written((to) => to.tag(1, WireType.LengthDelimited).bytes(record)),
      ),
    ).toEqual({
      field: 'records.name',
      fault: 'has a field 3 that the procedure does not name',
    });
  });

  it.each([5, 9, 10, 11, 12, 14])('is also item %i of Article 7: it has no place in a copy (NEVER)', (item) => {
    const record = written((to) => text(to, item, '文京区春日一丁目'));
    expect(
      refusal(
        RESPONSE,
        written((to) => to.tag(1, WireType.LengthDelimited).bytes(record)),
      ),
    ).toEqual({
      field: 'records',
      fault: `has a field ${item} that the procedure does not name`,
    });
  });

  it('can not hide behind a number of another width, which a decoder would read on from too early', () => {
    // with_household as four bytes: a decoder that takes one for the bool finds field 15 in the other three.
    const bytes = written((to) => to.tag(WITH_HOUSEHOLD, WireType.Bit32).raw(Uint8Array.of(1, 0x7a, 1, 0x41)));
    expect(refusal(REQUEST, bytes)).toEqual({ field: 'with_household', fault: 'has the wrong wire type' });
  });
});

describe('A text that is not UTF-8', () => {
  it.each([
    ['applicant_name', written((to) => to.tag(NAME, WireType.LengthDelimited).bytes(NOT_UTF8))],
    ['applicant_name', written((to) => to.tag(NAME, WireType.LengthDelimited).bytes(Uint8Array.of(0xed, 0xa0, 0x80)))],
    ['member_names', written((to) => text(to, MEMBER_NAMES, '吉田').tag(MEMBER_NAMES, 2).bytes(NOT_UTF8))],
  ])('is refused in %s', (field, bytes) => {
    expect(refusal(REQUEST, bytes)).toEqual({ field, fault: 'is not valid UTF-8' });
  });

  it('is refused within another message', () => {
    const address = written((to) => to.tag(1, WireType.LengthDelimited).bytes(NOT_UTF8));
    const record = written((to) => to.tag(7, WireType.LengthDelimited).bytes(address));
    expect(
      refusal(
        RESPONSE,
        written((to) => to.tag(1, WireType.LengthDelimited).bytes(record)),
      ),
    ).toEqual({
      field: 'records.address.address',
      fault: 'is not valid UTF-8',
    });
  });
});

describe('A field of the wrong wire type', () => {
  it.each([
    ['a text sent as a number', 'applicant_name', written((to) => to.tag(NAME, WireType.Varint).int32(1))],
    ['a message sent as a number', 'birth_date_and_sex', written((to) => to.tag(BIRTH_DATE_AND_SEX, 0).int32(1))],
    ['an enum sent as a text', 'whom', written((to) => text(to, WHOM, '1'))],
    ['a bool sent as a text', 'with_household', written((to) => text(to, WITH_HOUSEHOLD, '1'))],
    ['a bool sent as eight bytes', 'with_household', written((to) => to.tag(WITH_HOUSEHOLD, 1).fixed64(1))],
    ['a bool sent as four bytes', 'with_household', written((to) => to.tag(WITH_HOUSEHOLD, 5).fixed32(1))],
    ['an enum sent as a group', 'whom', written((to) => to.tag(WHOM, 3).tag(1, 0).int32(1).tag(WHOM, 4))],
    ['a message sent as a group', 'birth_date_and_sex', written((to) => to.tag(BIRTH_DATE_AND_SEX, 3).tag(3, 4))],
  ])('is refused: %s', (_what, field, bytes) => {
    expect(refusal(REQUEST, bytes)).toEqual({ field, fault: 'has the wrong wire type' });
  });
});

function written(write: (to: BinaryWriter) => BinaryWriter): Buffer {
  return Buffer.from(write(new BinaryWriter()).finish());
}

function text(to: BinaryWriter, field: number, value: string): BinaryWriter {
  return to.tag(field, WireType.LengthDelimited).string(value);
}

function fieldsOf(type: string, bytes: Uint8Array): string[] {
  const fields: string[] = [];
  checkStrictly(type, bytes, (path) => fields.push(path));
  return fields;
}

/** The details of the INVALID_REQUEST that the bytes meet; undefined where they pass. */
function refusal(type: string, bytes: Uint8Array): object | undefined {
  try {
    checkStrictly(type, bytes);
    return undefined;
  } catch (error) {
    const { reason, details } = error as Refusal;
    expect(reason).toBe('INVALID_REQUEST');
    return { field: details.field, fault: details.fault };
  }
}
