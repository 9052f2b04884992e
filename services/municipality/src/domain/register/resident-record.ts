import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { Sex } from '#core/domain/identification-information.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';

/** How the householder stands to themselves (item 4). */
export const HOUSEHOLDER = '世帯主';

/** 住民票: one person's record. The numbers are the items of Article 7. */
export interface ResidentRecord {
  /** This municipality's own key; the code can change, and can come back with a person who returns. */
  recordId: string;
  householdId: string;
  /** Item 1. */
  name: string;
  nameReading: string;
  /** 通称 of a foreign resident; it goes with the name. */
  commonName: string | null;
  /** Item 2. */
  birthDate: CalendarDate;
  /** Item 3. */
  sex: Sex;
  /** Item 4: the path from the householder (妻, 子, 子の妻), or 世帯主. */
  relationship: string;
  /** Item 5; a foreign resident has nationality and residence status instead. */
  registeredDomicile: string | null;
  firstListedPerson: string | null;
  nationality: string | null;
  residenceStatus: string | null;
  /** Item 6. */
  becameResidentOn: CalendarDate;
  /** Item 7. */
  address: string;
  movedWithinTownOn: CalendarDate | null;
  /** Item 8. */
  notifiedOn: CalendarDate;
  previousAddress: string | null;
  /** Items 9 to 12, opaque here: electoral roll, insurances, pension, child allowance. */
  municipalItems: string;
  /** Item 13. */
  residentRecordCode: ResidentRecordCode;
  /** 除票: set once the record is deleted. Of a move-out, the planned date. */
  deletedOn: CalendarDate | null;
  deletionReason: DeletionReason | null;
  /** Where somebody who moved out has gone. */
  destination: string | null;
  /** Of the last change information about this person. */
  changeVersion: number;
}

export type DeletionReason = 'MOVE_OUT' | 'DEATH' | 'EX_OFFICIO_DELETION';
