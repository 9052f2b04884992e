import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.js';
import type { Change } from '../domain/fold-changes.js';
import type { OfficeId } from '../domain/office.js';
import type { Reason } from '../domain/refusal.js';
import { dequeue, nextQueued } from '../storage/outbox.js';
import type { CoreTables } from '../storage/tables.js';
import { firstPiece, MOST_CHANGES } from './pieces.js';

/** What became of a change at the level above. */
export interface Answered {
  changeId: string;
  standing: string;
  /** Of a refused one. */
  reason?: Reason;
}

interface Sender {
  ledger: Kysely<CoreTables>;
  clock: Clock;
  parent: OfficeId;
  deliver: (changes: Change[]) => Promise<Answered[]>;
  /** What the level above did not take is looked into here. */
  noteRefused: (refused: { change: Change; reason: Reason }[], at: Date) => Promise<void>;
}

/**
 * Sends the next changes that wait, in their order, and takes them out of the queue once they are answered for. A change
 * that is refused does not hold up those behind it: it goes onto the officers' list.
 *
 * @throws Refusal where the level above does not answer: they stay in the queue
 */
export async function sendChanges({ ledger, clock, parent, deliver, noteRefused }: Sender): Promise<'MORE' | 'EMPTY'> {
  const waiting = await nextQueued<Change>(ledger, { destination: parent, kind: 'CHANGE' }, MOST_CHANGES);
  const queued = firstPiece(waiting, ({ content }) => content);
  if (queued.length === 0) return 'EMPTY';
  const answered = await deliver(queued.map(({ content }) => content));
  const verdicts = new Map(answered.map((verdict) => [verdict.changeId, verdict]));
  const done = queued.filter(({ content }) => verdicts.has(content.changeId));
  if (done.length === 0) throw new Error('the level above answers for nothing that was delivered');
  const refused = done.flatMap(({ content: change }) => {
    const verdict = verdicts.get(change.changeId);
    return verdict?.standing === 'REFUSED' ? [{ change, reason: verdict.reason ?? 'INTERNAL' }] : [];
  });
  if (refused.length > 0) await noteRefused(refused, clock.now());
  await dequeue(
    ledger,
    done.map(({ position }) => position),
  );
  return 'MORE';
}
