import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { InvalidityCause } from '#core/domain/card-status.js';
import { CHANGE_REASONS, type ChangeInformation, type ChangeReason } from '#core/domain/change-information.js';
import { nextVersion } from '#core/domain/change-version.js';
import type { IdentificationInformation } from '#core/domain/identification-information.js';
import { Refusal } from '#core/domain/refusal.js';
import { type ActKind, changeReasonOf } from './act.js';
import { identificationOf } from './person.js';
import type { ResidentRecord } from './resident-record.js';

/** What an act comes to: the records that it touches, as they were and as they are to be. */
export interface Decision {
  kind: ActKind;
  causeOn: CalendarDate;
  deadline: CalendarDate | null;
  before: ResidentRecord[];
  /** With those that are new, and those that are deleted by it. */
  after: ResidentRecord[];
  /** Of the people whose identification information it changes; left out where it does nothing to their cards. */
  cards?: CardConsequence;
}

/** Cards come to their end (Order 30-20), or lapse after a day unless something happens by then; null: they do not. */
export type CardConsequence =
  | { invalidBy: InvalidityCause }
  | { lapse: { after: CalendarDate; by: InvalidityCause } | null };

/** A record to be written anew, and what the offices above have to be told of it. */
export interface Writing {
  record: ResidentRecord;
  change: ChangeInformation | null;
}

/**
 * What a decision writes: only records that differ, each change of identification information with its version.
 *
 * @throws Refusal NOTHING_CHANGES
 */
export function writingsOf({ kind, causeOn, before, after }: Decision, today: CalendarDate): Writing[] {
  const writings = after.flatMap((record): Writing[] => {
    const earlier = before.find(({ recordId }) => recordId === record.recordId);
    if (earlier && JSON.stringify(earlier) === JSON.stringify(record)) return [];
    if (earlier && !isChanged(earlier, record)) return [{ record, change: null }];
    const version = earlier ? nextVersion(record.changeVersion, today) : record.changeVersion;
    const written = { ...record, changeVersion: version };
    return [{ record: written, change: changeOf(kind, causeOn, earlier, written) }];
  });
  if (writings.length === 0) throw new Refusal('NOTHING_CHANGES');
  return writings;
}

/** Whether the offices above have to be told. */
function isChanged(earlier: ResidentRecord, record: ResidentRecord): boolean {
  const told = (one: ResidentRecord) => JSON.stringify([identificationOf(one), one.deletedOn]);
  return told(earlier) !== told(record);
}

function changeOf(
  kind: ActKind,
  causeOn: CalendarDate,
  earlier: ResidentRecord | undefined,
  record: ResidentRecord,
): ChangeInformation {
  const reason = changeReasonOf(kind);
  if (!reason) throw new Error(`${kind} changes no identification information`);
  const identification = identificationOf(record);
  const previousCode = previousCodeOf(reason, earlier, identification);
  return { kind: CHANGE_REASONS[reason], reason, causeOn, version: record.changeVersion, identification, previousCode };
}

function previousCodeOf(
  reason: ChangeReason,
  earlier: ResidentRecord | undefined,
  { residentRecordCode }: IdentificationInformation,
): string | null {
  const hasNewCode = earlier !== undefined && earlier.residentRecordCode !== residentRecordCode;
  if (hasNewCode !== (CHANGE_REASONS[reason] === 'CODE_CORRECTION')) throw new Error(`${reason} is no reason for this`);
  return hasNewCode ? earlier.residentRecordCode : null;
}
