import { Refusal } from '#core/domain/refusal.js';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';
import { calendarDateMessage, calendarDateOfMessage } from '#core/wire/calendar-date-message.js';
import type { BirthDateAndSex__Output } from '#core/wire/generated/juki/issuance/v1/BirthDateAndSex.js';
import type {
  ProvideCopyDataRequest,
  ProvideCopyDataRequest__Output,
} from '#core/wire/generated/juki/issuance/v1/ProvideCopyDataRequest.js';
import type { WhomToPrint__Output } from '#core/wire/generated/juki/issuance/v1/WhomToPrint.js';
import { sexMessage, sexOfMessage } from '#core/wire/sex-message.js';
import { PersonName } from '../domain/fields.js';
import type { CopyDataRequest, KnownBy } from '../domain/issuance/copy-data-request.js';
import { MOST_NAMES, type WhomToPrint } from '../domain/issuance/whom-to-print.js';

/** What the issuing municipality sends home. */
export function copyDataRequestMessage(request: CopyDataRequest): ProvideCopyDataRequest {
  const { applicantName, knownBy, whom, special } = request;
  return {
    applicantName,
    ...('residentRecordCode' in knownBy
      ? { residentRecordCode: knownBy.residentRecordCode }
      : { birthDateAndSex: { birthDate: calendarDateMessage(knownBy.birthDate), sex: sexMessage(knownBy.sex) } }),
    whom: `WHOM_TO_PRINT_${whom.kind}`,
    memberNames: whom.kind === 'NAMED_MEMBERS' ? whom.names : [],
    withHousehold: special.household,
    withResidentRecordCode: special.residentRecordCode,
  };
}

/** @throws Refusal INVALID_REQUEST with the field at fault */
export function copyDataRequestOfMessage(message: ProvideCopyDataRequest__Output): CopyDataRequest {
  return {
    applicantName: checkName('applicant_name', message.applicantName),
    knownBy: knownByOf(message),
    whom: whomOfMessage(message.whom, message.memberNames),
    special: { household: message.withHousehold, residentRecordCode: message.withResidentRecordCode },
  };
}

function knownByOf(message: ProvideCopyDataRequest__Output): KnownBy {
  const { residentRecordCode, birthDateAndSex, applicantKnownBy } = message;
  if (applicantKnownBy === 'birthDateAndSex' && birthDateAndSex) return birthDateAndSexOf(birthDateAndSex);
  if (!isResidentRecordCode(residentRecordCode ?? ''))
    throw invalid('resident_record_code', 'is not a resident record code');
  return { residentRecordCode: residentRecordCode ?? '' };
}

function birthDateAndSexOf(message: BirthDateAndSex__Output): KnownBy {
  const birthDate = calendarDateOfMessage(message.birthDate);
  const sex = sexOfMessage(message.sex);
  if (!birthDate) throw invalid('birth_date', 'is not a day of the calendar');
  if (!sex) throw invalid('sex', 'is not stated');
  return { birthDate, sex };
}

/** @throws Refusal INVALID_REQUEST */
function whomOfMessage(whom: WhomToPrint__Output, names: string[]): WhomToPrint {
  if (whom === 'WHOM_TO_PRINT_NAMED_MEMBERS') {
    if (names.length === 0 || names.length > MOST_NAMES) throw invalid('member_names', 'are not 1 to 20 names');
    return { kind: 'NAMED_MEMBERS', names: names.map((name) => checkName('member_names', name)) };
  }
  if (names.length > 0) throw invalid('member_names', 'are for named members only');
  if (whom === 'WHOM_TO_PRINT_APPLICANT') return { kind: 'APPLICANT' };
  if (whom === 'WHOM_TO_PRINT_WHOLE_HOUSEHOLD') return { kind: 'WHOLE_HOUSEHOLD' };
  throw invalid('whom', 'is not stated');
}

function checkName(field: string, name: string): string {
  if (!PersonName.safeParse(name).success) throw invalid(field, 'is not a name of 1 to 100 characters');
  return name;
}

function invalid(field: string, fault: string): Refusal {
  return new Refusal('INVALID_REQUEST', { field, fault });
}
