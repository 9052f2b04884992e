import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { residentRecordCodeOf } from '#core/domain/resident-record-code.js';
import type { ProvideCopyDataRequest } from '#core/wire/generated/juki/issuance/v1/ProvideCopyDataRequest.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { PersonName } from '../domain/fields.js';
import type { CopyDataRequest, KnownBy } from '../domain/issuance/copy-data-request.js';
import type { WhomToPrint } from '../domain/issuance/whom-to-print.js';
import { copyDataRequestMessage, copyDataRequestOfMessage } from './copy-data-message.js';

const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const arrived = (message: ProvideCopyDataRequest) =>
  copyDataRequestOfMessage(ProvideCopyData.decodeRequest(ProvideCopyData.encodeRequest(message)));

const names = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((name) => PersonName.safeParse(name).success);
const days = fc
  .date({ min: new Date('1868-10-23'), max: new Date('2016-05-27'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const codes = fc
  .stringMatching(/^[0-9]{10}$/)
  .map(residentRecordCodeOf)
  .filter((code) => code !== undefined);
const requests: fc.Arbitrary<CopyDataRequest> = fc.record({
  applicantName: names,
  knownBy: fc.oneof<fc.Arbitrary<KnownBy>[]>(
    fc.record({ residentRecordCode: codes }),
    fc.record({ birthDate: days, sex: fc.constantFrom('MALE', 'FEMALE') }),
  ),
  whom: fc.oneof<fc.Arbitrary<WhomToPrint>[]>(
    fc.record({ kind: fc.constantFrom('APPLICANT', 'WHOLE_HOUSEHOLD') }),
    fc.record({
      kind: fc.constant('NAMED_MEMBERS' as const),
      names: fc.array(names, { minLength: 1, maxLength: 20 }),
    }),
  ),
  special: fc.record({ household: fc.boolean(), residentRecordCode: fc.boolean() }),
});

const MESSAGE: ProvideCopyDataRequest = {
  applicantName: '𠮷田 花子',
  residentRecordCode: '24727059608',
  whom: 'WHOM_TO_PRINT_APPLICANT',
};

describe('What the issuing municipality sends home (Order 15-3)', () => {
  it('arrives as it was sent', () => {
    fc.assert(fc.property(requests, (sent) => expect(arrived(copyDataRequestMessage(sent))).toEqual(sent)));
  });

  it('asks for neither item 4 nor item 13 unless it says so', () => {
    expect(arrived(MESSAGE).special).toEqual({ household: false, residentRecordCode: false });
  });
});

describe('A message that home refuses names the field at fault, and never its value', () => {
  const birth = (year: number, month: number, day: number) => ({ birthDate: { year, month, day }, sex: 2 as const });
  const { residentRecordCode: _none, ...unknown } = MESSAGE;

  it.each([
    ['applicant_name', 'is empty', { ...MESSAGE, applicantName: '' }],
    ['applicant_name', 'is blank', { ...MESSAGE, applicantName: '　' }],
    ['applicant_name', 'has a control character', { ...MESSAGE, applicantName: '花子\n' }],
    ['applicant_name', 'is too long', { ...MESSAGE, applicantName: '花'.repeat(101) }],
    ['resident_record_code', 'is not stated', unknown],
    ['resident_record_code', 'has a wrong check digit', { ...MESSAGE, residentRecordCode: '24727059609' }],
    ['resident_record_code', 'was never allotted', { ...MESSAGE, residentRecordCode: '70935378190' }],
    ['resident_record_code', 'is a part of one', { ...MESSAGE, residentRecordCode: '2472' }],
    ['birth_date', 'is not stated', { ...unknown, birthDateAndSex: { sex: 'SEX_FEMALE' } }],
    ['birth_date', 'does not exist', { ...unknown, birthDateAndSex: birth(1981, 2, 29) }],
    ['sex', 'is not stated', { ...unknown, birthDateAndSex: { ...birth(1980, 4, 1), sex: 'SEX_UNSPECIFIED' } }],
    ['sex', 'is not one that records have', { ...unknown, birthDateAndSex: { ...birth(1980, 4, 1), sex: 9 } }],
    ['whom', 'is not stated', { ...MESSAGE, whom: 'WHOM_TO_PRINT_UNSPECIFIED' }],
    ['whom', 'is not one that this office knows', { ...MESSAGE, whom: 99 }],
    ['member_names', 'are none', { ...MESSAGE, whom: 'WHOM_TO_PRINT_NAMED_MEMBERS' }],
    ['member_names', 'are twenty-one', named(...Array(21).fill('吉田 太郎'))],
    ['member_names', 'have an empty one', named('吉田 太郎', '')],
    ['member_names', 'have one with a control character', named('吉田\0太郎')],
    ['member_names', 'stand where nobody is to be named', { ...MESSAGE, memberNames: ['吉田 太郎'] }],
  ] as [string, string, ProvideCopyDataRequest][])('%s, which %s', (field, _fault, message) => {
    const refusal = refusalOf(message);
    expect(refusal).toMatchObject({ reason: 'INVALID_REQUEST', details: { field } });
    expect(JSON.stringify(refusal)).not.toMatch(/吉田|花子|24727059609|70935378190|1981/);
  });
});

function named(...memberNames: string[]): ProvideCopyDataRequest {
  return { ...MESSAGE, whom: 'WHOM_TO_PRINT_NAMED_MEMBERS', memberNames };
}

function refusalOf(message: ProvideCopyDataRequest): { reason: unknown; details: unknown; message: unknown } {
  try {
    arrived(message);
    return { reason: undefined, details: undefined, message: undefined };
  } catch (error) {
    const { reason, details, message: text } = error as { reason: unknown; details: unknown; message: unknown };
    return { reason, details, message: text };
  }
}
