import type { CalendarDate } from './calendar-date.js';
import type { Change } from './fold-changes.js';
import { retainedUntil } from './retention.js';

/** A change as a ledger keeps it. */
export interface KeptChange extends Change {
  /** When it came to this ledger. */
  recordedOn: CalendarDate;
}

/**
 * Until when a change has to be kept; null for the one that stands.
 *
 * @param history of the person, the oldest first
 */
export function changeRetainedUntil(history: KeptChange[], change: KeptChange): CalendarDate | null {
  const { kind, reason, recordedOn, version } = change;
  const next = history.find((later) => later.version > version);
  const deletion = kind === 'DELETION' ? { on: recordedOn, reason } : null;
  return retainedUntil({ supersededOn: next?.recordedOn ?? null, deletion });
}
