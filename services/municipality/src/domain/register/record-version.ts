import type { CalendarDate } from '#core/domain/calendar-date.js';
import { retainedUntil } from '#core/domain/retention.js';
import type { ResidentRecord } from './resident-record.js';

/** A record as it stood from one day until the next version. Nothing is overwritten. */
export interface RecordVersion {
  /** From 1. */
  ordinal: number;
  /** The act that wrote it; null for what was there before the register kept acts. */
  actId: string | null;
  recordedOn: CalendarDate;
  record: ResidentRecord;
}

/** The version that stood at the end of a day, as the register then knew it; undefined before the first. */
export function versionAsOf(versions: RecordVersion[], day: CalendarDate): RecordVersion | undefined {
  return versions.findLast(({ recordedOn }) => recordedOn <= day);
}

/** Until when a version has to be kept; null for the one that stands. */
export function versionRetainedUntil(
  versions: RecordVersion[],
  { ordinal, record }: RecordVersion,
): CalendarDate | null {
  const next = versions.find((version) => version.ordinal === ordinal + 1);
  const { deletedOn, deletionReason } = record;
  const deletion = deletedOn !== null && deletionReason ? { on: deletedOn, reason: deletionReason } : null;
  return retainedUntil({ supersededOn: next?.recordedOn ?? null, deletion });
}
