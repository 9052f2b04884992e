import { Refusal } from '#core/domain/refusal.js';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';
import { calendarDateMessage, calendarDateOfMessage } from '#core/wire/calendar-date-message.js';
import type { CalendarDate__Output } from '#core/wire/generated/juki/identity/v1/CalendarDate.js';
import type {
  CopyRecord__Output,
  CopyRecord as CopyRecordMessage,
} from '#core/wire/generated/juki/issuance/v1/CopyRecord.js';
import type { HouseholdItem__Output } from '#core/wire/generated/juki/issuance/v1/HouseholdItem.js';
import { sexMessage, sexOfMessage } from '#core/wire/sex-message.js';
import type { CopyRecord } from '../domain/issuance/copy-record.js';

/** One person's part of a copy, as home sends it and as the counter hands it out. */
export function copyRecordMessage(record: CopyRecord): CopyRecordMessage {
  const { movedWithinTownOn, household, residentRecordCode } = record;
  return {
    name: { name: record.name, commonName: record.commonName ?? '' },
    birthDate: calendarDateMessage(record.birthDate),
    sex: sexMessage(record.sex),
    ...(household && { household }),
    becameResidentOn: calendarDateMessage(record.becameResidentOn),
    address: {
      address: record.address,
      ...(movedWithinTownOn !== null && { movedWithinTownOn: calendarDateMessage(movedWithinTownOn) }),
    },
    notification: {
      notifiedOn: calendarDateMessage(record.notifiedOn),
      previousAddress: record.previousAddress ?? '',
    },
    ...(residentRecordCode !== undefined && { residentRecordCode }),
  };
}

/** @throws Refusal INVALID_REQUEST where an item that every copy has is missing */
export function copyRecordOfMessage(message: CopyRecord__Output): CopyRecord {
  const { name, address, notification, household, residentRecordCode } = message;
  const moved = address?.movedWithinTownOn;
  return {
    name: line('name', name?.name),
    commonName: name?.commonName ? line('common_name', name.commonName) : null,
    birthDate: day('birth_date', message.birthDate),
    sex: required('sex', sexOfMessage(message.sex)),
    ...(household && { household: householdOf(household) }),
    becameResidentOn: day('became_resident_on', message.becameResidentOn),
    address: line('address', address?.address),
    movedWithinTownOn: moved ? day('moved_within_town_on', moved) : null,
    notifiedOn: day('notified_on', notification?.notifiedOn),
    previousAddress: notification?.previousAddress ? line('previous_address', notification.previousAddress) : null,
    ...(residentRecordCode && { residentRecordCode: code(residentRecordCode) }),
  };
}

function householdOf({ householderName, relationship }: HouseholdItem__Output): CopyRecord['household'] & object {
  return {
    householderName: line('householder_name', householderName),
    relationship: line('relationship', relationship),
  };
}

/** What is printed on one line; home can not write on another one. */
function line(field: string, value: string | undefined): string {
  const text = required(field, value || undefined);
  if (!/^[^\p{Cc}\p{Zl}\p{Zp}]{1,300}$/u.test(text))
    throw new Refusal('INVALID_REQUEST', { field, fault: 'is not a line of text' });
  return text;
}

function code(text: string): string {
  return required('resident_record_code', isResidentRecordCode(text) ? text : undefined);
}

function day(field: string, message: CalendarDate__Output | null | undefined): string {
  return required(field, calendarDateOfMessage(message));
}

function required<T>(field: string, value: T | undefined): T {
  if (value === undefined) throw new Refusal('INVALID_REQUEST', { field, fault: 'is missing' });
  return value;
}
