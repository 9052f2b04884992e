import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { Sex } from '#core/domain/identification-information.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { SpecialItems } from './copy-items.js';
import type { WhomToPrint } from './whom-to-print.js';

/** The purpose that this procedure has, and no other. */
export const WIDE_AREA_ISSUANCE = 'WIDE_AREA_ISSUANCE';

/** By what, besides the name, a record is found. */
export type KnownBy = { residentRecordCode: ResidentRecordCode } | { birthDate: CalendarDate; sex: Sex };

/** What the issuing municipality tells home (Order 15-3). */
export interface CopyDataRequest {
  applicantName: string;
  knownBy: KnownBy;
  whom: WhomToPrint;
  special: SpecialItems;
}
