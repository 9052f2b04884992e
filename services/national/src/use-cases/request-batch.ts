import type { Kysely } from 'kysely';
import type { Clock } from '#core/domain/clock.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import { type Batch, type BatchRequest, newBatch } from '../domain/batch.js';
import { digestsOf, enterBatch, findBatch } from '../storage/batches.js';
import type { NationalTables } from '../storage/tables.js';
import type { RegisteredAgencies } from './registered-agencies.js';

interface Centre {
  ledger: Kysely<NationalTables>;
  clock: Clock;
  agencies: RegisteredAgencies;
}

export type RequestBatch = (agency: string, request: BatchRequest) => Promise<Batch>;

/**
 * Puts a batch before the officers of the centre. The same request again is the same batch, however far it is.
 *
 * @throws Refusal as RegisteredAgencies.check, and ID_REUSED where the id stands for another
 */
export function requestBatch({ ledger, clock, agencies }: Centre): RequestBatch {
  return async (agency, request) => {
    await agencies.check(agency, request.inquiry);
    return ledger.transaction().execute(async (trx) => {
      await writeAlone(trx);
      const known = await findBatch(trx, request.batchId);
      const batch = newBatch(agency, request);
      if (!known) {
        await enterBatch(trx, batch, request.pieces, clock.now());
        return batch;
      }
      const isSame = contentOf(known) === contentOf(batch);
      if (!isSame || (await digestsOf(trx, request.batchId)).join() !== request.pieces.join())
        throw new Refusal('ID_REUSED', { field: 'batch_id' });
      return known;
    });
  };
}

function contentOf({ agency, inquiry: { statutoryPurpose, occasion, fields }, kind, since, people }: Batch): string {
  return JSON.stringify([agency, statutoryPurpose, occasion, fields, kind, since, people]);
}

/** @throws Refusal NOT_FOUND, also of another agency's: no two agencies' questions are joined */
export async function batchOfAgency(ledger: Kysely<NationalTables>, agency: string, batchId: string): Promise<Batch> {
  const batch = await findBatch(ledger, batchId);
  if (batch?.agency !== agency) throw new Refusal('NOT_FOUND', { field: 'batch_id' });
  return batch;
}
