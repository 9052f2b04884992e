import { Refusal } from '#core/domain/refusal.js';
import { calendarDateMessage, calendarDateOfMessage } from '#core/wire/calendar-date-message.js';
import type { CalendarDate__Output } from '#core/wire/generated/juki/identity/v1/CalendarDate.js';
import type {
  CopyRecord__Output,
  CopyRecord as CopyRecordMessage,
} from '#core/wire/generated/juki/issuance/v1/CopyRecord.js';
import { sexMessage, sexOfMessage } from '#core/wire/sex-message.js';
import type { CopyRecord } from '../domain/copy-record.js';

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
    name: required('name', name?.name || undefined),
    commonName: name?.commonName || null,
    birthDate: day('birth_date', message.birthDate),
    sex: required('sex', sexOfMessage(message.sex)),
    ...(household && { household }),
    becameResidentOn: day('became_resident_on', message.becameResidentOn),
    address: required('address', address?.address || undefined),
    movedWithinTownOn: moved ? day('moved_within_town_on', moved) : null,
    notifiedOn: day('notified_on', notification?.notifiedOn),
    previousAddress: notification?.previousAddress || null,
    ...(residentRecordCode && { residentRecordCode }),
  };
}

function day(field: string, message: CalendarDate__Output | null | undefined): string {
  return required(field, calendarDateOfMessage(message));
}

function required<T>(field: string, value: T | undefined): T {
  if (value === undefined) throw new Refusal('INVALID_REQUEST', { field, fault: 'is missing' });
  return value;
}
