import type { Transaction } from 'kysely';
import { type Clock, today } from '../domain/clock.js';
import { type Change, foldChange } from '../domain/fold-changes.js';
import type { OfficeId } from '../domain/office.js';
import { enterChanges } from '../storage/changes.js';
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
  const codes = changes.flatMap(({ identification, previousCode }) => [
    identification.residentRecordCode,
    ...(previousCode === null ? [] : [previousCode]),
  ]);
  const held = await holdingsUnder(trx, codes);
  for (const change of changes) {
    if (foldChange(held, change) !== 'TAKEN') throw new Error('the register is behind its own identity ledger');
  }
  await putHoldings(trx, [...held.values()]);
  await enterChanges(trx, changes, today(clock));
  if (parent) await enqueue(trx, { destination: parent, kind: 'CHANGE', at: clock.now() }, changes);
}
