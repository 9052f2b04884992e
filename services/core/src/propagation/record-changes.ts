import type { Transaction } from 'kysely';
import { type Clock, today } from '../domain/clock.js';
import { type Change, codesIn, foldChange } from '../domain/fold-changes.js';
import type { OfficeId } from '../domain/office.js';
import { changesWithIds, enterChanges, versionsUnder } from '../storage/changes.js';
import { holdingsUnder, putHoldings } from '../storage/identity-ledger.js';
import { enqueue } from '../storage/outbox.js';
import type { CoreTables } from '../storage/tables.js';

/**
 * Records a municipality's own changes, in one transaction with its register: history, identity ledger, and the queue to
 * the level above. There is none to send to from outside the network.
 */
export async function recordChanges(
  trx: Transaction<CoreTables>,
  changes: Change[],
  { clock, parent }: { clock: Clock; parent: OfficeId | undefined },
): Promise<void> {
  if (changes.length === 0) return;
  const held = await holdingsUnder(trx, changes.flatMap(codesIn));
  for (const change of changes) {
    if (foldChange(held, change) !== 'TAKEN') throw new Error('the register is behind its own identity ledger');
  }
  await putHoldings(trx, [...held.values()]);
  await enterChanges(trx, changes, today(clock));
  if (parent) await enqueue(trx, { destination: parent, kind: 'CHANGE', at: clock.now() }, changes);
}

/**
 * Records changes that a municipality has lost, and that a level above knows: they do not go up again.
 *
 * @returns those that were not here, the oldest first
 */
export async function recordTakenBack(
  trx: Transaction<CoreTables>,
  changes: Change[],
  clock: Clock,
): Promise<Change[]> {
  const ids = changes.map(({ changeId }) => changeId);
  const known = await changesWithIds(trx, ids);
  const codes = changes.map(({ identification }) => identification.residentRecordCode);
  const versions = await versionsUnder(trx, codes);
  const isHere = ({ changeId, identification: { residentRecordCode }, version }: Change) =>
    known.has(changeId) || versions.get(residentRecordCode)?.has(version);
  const lost = changes.filter((change) => !isHere(change)).toSorted((a, b) => a.version - b.version);
  const held = await holdingsUnder(trx, lost.flatMap(codesIn));
  for (const change of lost) foldChange(held, change);
  await putHoldings(trx, [...held.values()]);
  await enterChanges(trx, lost, today(clock));
  return lost;
}
