import type { Transaction } from 'kysely';
import { type Content, enqueue } from '#core/storage/outbox.js';
import type { CoreTables, QueueKind } from '#core/storage/tables.js';
import type { Registrar, Trx } from './registrar.js';

/** Queues for another office what is done in this register, in the same transaction. */
export function queueWith<Item extends Content>(
  { clock }: Pick<Registrar, 'clock'>,
  trx: Trx,
  { destination, kind }: { destination: string; kind: QueueKind },
  contents: readonly Item[],
): Promise<void> {
  return enqueue(trx as unknown as Transaction<CoreTables>, { destination, kind, at: clock.now() }, contents);
}
