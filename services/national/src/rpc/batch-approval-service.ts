import { z } from 'zod';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { BatchApprovalServiceDefinition } from '#core/wire/generated/juki/provision/v1/BatchApprovalService.js';
import type { Batch } from '../domain/batch.js';
import type { Decision } from '../use-cases/decide-batch.js';
import { batchMessage } from './batch-message.js';

const V1 = 'juki.provision.v1';
const BATCH_APPROVAL = 'BATCH_APPROVAL';

const Approval = z.strictObject({
  batchId: z.uuid('is not a UUID'),
  /** Nothing and nought are one on the wire. */
  mostNotFound: z.int().min(0).max(1_000_000).optional(),
});
const Which = z.strictObject({ batchId: z.uuid('is not a UUID') });

interface Batches {
  open: () => Promise<Batch[]>;
  decide: (batchId: string, decision: Decision, by: string) => Promise<Batch>;
}

/** Which batches may be answered, for the officers of the centre. */
export function batchApprovalService({ open, decide }: Batches): RpcService {
  return rpcService<BatchApprovalServiceDefinition>(`${V1}.BatchApprovalService`, {
    async ListBatches(_message, exchange) {
      exchange.purpose = BATCH_APPROVAL;
      return { batches: (await open()).map(batchMessage) };
    },
    async ApproveBatch(message, exchange) {
      exchange.purpose = BATCH_APPROVAL;
      const { batchId, mostNotFound } = readMessage(Approval, `${V1}.ApproveBatchRequest`, message);
      const decision = { decides: 'APPROVED' as const, ...(mostNotFound && { mostNotFound }) };
      return { batch: batchMessage(await decide(batchId, decision, exchange.operator)) };
    },
    async StopBatch(message, exchange) {
      exchange.purpose = BATCH_APPROVAL;
      const { batchId } = readMessage(Which, `${V1}.StopBatchRequest`, message);
      return { batch: batchMessage(await decide(batchId, { decides: 'STOPPED' }, exchange.operator)) };
    },
  });
}
