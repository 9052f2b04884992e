import type { CalendarDate } from '#core/domain/calendar-date.js';

/**
 * Why home does not let a copy of a record be made elsewhere. 支援措置, the protective measure for victims of
 * violence or stalking, is one kind among others so that the one answer to all of them tells nothing (SILENT).
 */
export const RESTRICTION_KINDS = ['PROTECTIVE_MEASURE', 'RECORD_UNDER_CORRECTION', 'IDENTITY_IN_DOUBT'] as const;
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number];

export interface Restriction {
  recordId: string;
  kind: RestrictionKind;
  from: CalendarDate;
  /** The last day it holds. */
  until: CalendarDate;
  /** Where it ended before; it holds on that day no more. */
  endedOn: CalendarDate | null;
  /** The protective measure that it is part of. */
  measureId: string | null;
}
