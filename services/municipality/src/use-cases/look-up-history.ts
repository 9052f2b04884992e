import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { Act } from '../domain/register/act.js';
import { type RecordVersion, versionRetainedUntil } from '../domain/register/record-version.js';
import { actsWithIds } from '../storage/acts.js';
import { householderNameAsOf, versionsOf } from '../storage/record-versions.js';
import { type Look, noteLook, type Reader, recordsUnder } from './reading.js';

/** A version, with what wrote it and until when it has to be kept. */
export interface KeptVersion extends RecordVersion {
  householderName: string;
  act: Act | undefined;
  retainedUntil: CalendarDate | null;
}

/**
 * Everything that was ever written here about somebody.
 *
 * @throws Refusal NOT_FOUND
 */
export async function lookUpHistory({ ledger }: Reader, look: Look, exchange: Exchange): Promise<KeptVersion[]> {
  noteLook(exchange, look);
  const kept = [];
  for (const { recordId } of await recordsUnder(ledger, look.residentRecordCode)) {
    const versions = await versionsOf(ledger, recordId);
    for (const { record } of versions) exchange.concerns.add(record.residentRecordCode);
    const acts = await actsWithIds(
      ledger,
      versions.flatMap(({ actId }) => actId ?? []),
    );
    for (const version of versions) {
      const act = acts.find(({ actId }) => actId === version.actId);
      const householderName = await householderNameAsOf(ledger, version.record.householdId, version.recordedOn);
      kept.push({ ...version, act, householderName, retainedUntil: versionRetainedUntil(versions, version) });
    }
  }
  return kept;
}
