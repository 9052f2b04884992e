import { addYears, type CalendarDate } from './calendar-date.js';
import type { ChangeReason } from './change-information.js';

/** Order 30-6, as of 2016. */
const AFTER_SUPERSEDED = 5;
const AFTER_DEATH = 5;
const AFTER_OTHER_DELETION = 80;
/** The log of provisions, and with it of everything else. */
const LOG_ENTRY = 7;

/** The yearly publication of provisions; the log that it is counted out of is kept longer (Regulations 21, 27). */
const PUBLICATION = 5;

/** What decides for how long something that was written is kept. */
export interface Written {
  /** When it was superseded; null for what stands. */
  supersededOn: CalendarDate | null;
  /** Set for what records a deletion. */
  deletion: { on: CalendarDate; reason: ChangeReason } | null;
}

/** The last day that it has to be kept; null for what stands and so has no end yet. */
export function retainedUntil({ supersededOn, deletion }: Written): CalendarDate | null {
  if (supersededOn !== null) return addYears(supersededOn, AFTER_SUPERSEDED);
  if (!deletion) return null;
  return addYears(deletion.on, deletion.reason === 'DEATH' ? AFTER_DEATH : AFTER_OTHER_DELETION);
}

/** The last day that the publication of a fiscal year has to be open to inspection. */
export function publicationOpenUntil(lastDayOfYear: CalendarDate): CalendarDate {
  return addYears(lastDayOfYear, PUBLICATION);
}

/** The last day that an entry of the log has to be kept. */
export function logEntryRetainedUntil(writtenOn: CalendarDate): CalendarDate {
  return addYears(writtenOn, LOG_ENTRY);
}
