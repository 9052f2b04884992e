import type { Kysely } from 'kysely';
import type { Clock } from '#core/domain/clock.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import type { Batch } from '../domain/batch.js';
import { findBatch, putBatch } from '../storage/batches.js';
import type { NationalTables } from '../storage/tables.js';

interface Centre {
  ledger: Kysely<NationalTables>;
  clock: Clock;
}

/** What an officer decides about a batch. */
export type Decision = { decides: 'APPROVED'; mostNotFound?: number | undefined } | { decides: 'STOPPED' };

/**
 * Mass output is approved beforehand, by an officer; one that was halted goes on once it is approved again.
 *
 * @throws Refusal NOT_FOUND, BATCH_STOPPED, and INVALID_REQUEST where it was halted and no more misses are borne
 */
export async function decideBatch(
  { ledger, clock }: Centre,
  batchId: string,
  decision: Decision,
  by: string,
): Promise<Batch> {
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const batch = await findBatch(trx, batchId);
    if (!batch) throw new Refusal('NOT_FOUND', { field: 'batch_id' });
    const decided = decision.decides === 'APPROVED' ? approved(batch, decision.mostNotFound) : stopped(batch);
    await putBatch(trx, decided, { by, at: clock.now() });
    return decided;
  });
}

function approved(batch: Batch, mostNotFound = batch.mostNotFound): Batch {
  if (batch.state === 'STOPPED') throw new Refusal('BATCH_STOPPED');
  if (batch.state === 'COMPLETE') return batch;
  if (batch.state === 'HALTED' && mostNotFound <= batch.notFound)
    throw new Refusal('INVALID_REQUEST', { field: 'most_not_found', fault: 'is not more than were not found already' });
  return { ...batch, mostNotFound, state: 'APPROVED' };
}

function stopped(batch: Batch): Batch {
  return batch.state === 'COMPLETE' ? batch : { ...batch, state: 'STOPPED' };
}
