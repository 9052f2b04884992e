import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { Sex } from '#core/domain/identification-information.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { ResidentRecord } from '../register/resident-record.js';
import type { SpecialItems } from './copy-items.js';

/** One person's part of a wide-area copy: items 1, 2, 3, 6, 7 and 8, and what was specially asked for. */
export interface CopyRecord {
  name: string;
  commonName: string | null;
  birthDate: CalendarDate;
  sex: Sex;
  /** Item 4. */
  household?: { householderName: string; relationship: string };
  becameResidentOn: CalendarDate;
  address: string;
  movedWithinTownOn: CalendarDate | null;
  notifiedOn: CalendarDate;
  previousAddress: string | null;
  /** Item 13. */
  residentRecordCode?: ResidentRecordCode;
}

/** What may leave home of a record: picked one by one, so that a new column of the register stays at home (MIN). */
export function copyRecordOf(record: ResidentRecord, householderName: string, special: SpecialItems): CopyRecord {
  const { name, commonName, birthDate, sex, relationship, residentRecordCode } = record;
  const { becameResidentOn, address, movedWithinTownOn, notifiedOn, previousAddress } = record;
  return {
    ...{ name, commonName, birthDate, sex },
    ...(special.household && { household: { householderName, relationship } }),
    ...{ becameResidentOn, address, movedWithinTownOn, notifiedOn, previousAddress },
    ...(special.residentRecordCode && { residentRecordCode }),
  };
}

/** Whether a record that came from home holds what was specially asked for, and nothing beyond. */
export function holdsWhatWasAsked(record: CopyRecord, special: SpecialItems): boolean {
  return (
    (record.household !== undefined) === special.household &&
    (record.residentRecordCode !== undefined) === special.residentRecordCode
  );
}
