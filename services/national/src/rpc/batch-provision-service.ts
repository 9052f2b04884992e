import { z } from 'zod';
import { LARGEST_PIECE } from '#core/domain/largest-message.js';
import { readBySchema } from '#core/domain/schema-fault.js';
import type { AnswerInPieces } from '#core/rpc/answer-in-pieces.js';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { BatchProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/BatchProvisionService.js';
import type { RequestBatchRequest__Output } from '#core/wire/generated/juki/provision/v1/RequestBatchRequest.js';
import { closePiece, decodePiece, openPiece } from '#core/wire/piece-message.js';
import { type Batch, BatchRequest, Piece } from '../domain/batch.js';
import type { AnswerPiece } from '../use-cases/answer-piece.js';
import type { RequestBatch } from '../use-cases/request-batch.js';
import { askingAgency } from './asking-agency.js';
import { batchMessage } from './batch-message.js';

const V1 = 'juki.provision.v1';
const Which = z.strictObject({ batchId: z.uuid('is not a UUID') });

interface Batches {
  request: RequestBatch;
  find: (agency: string, batchId: string) => Promise<Batch>;
  answer: AnswerPiece;
}

/** Batch provision, for agencies. */
export function batchProvisionService({ request, find, answer }: Batches): RpcService {
  return rpcService<BatchProvisionServiceDefinition, 'ProvideBatch'>(
    `${V1}.BatchProvisionService`,
    {
      async RequestBatch(message, exchange) {
        const agency = askingAgency(exchange);
        return { batch: batchMessage(await request(agency, requestOf(message))) };
      },
      async GetBatch(message, exchange) {
        const agency = askingAgency(exchange);
        const { batchId } = readMessage(Which, `${V1}.GetBatchRequest`, message);
        return { batch: batchMessage(await find(agency, batchId)) };
      },
    },
    { inPieces: { ProvideBatch: pieces(answer) } },
  );
}

function requestOf({ pieces: digests, ...message }: RequestBatchRequest__Output): BatchRequest {
  const WithoutPieces = z.looseObject({ since: z.string().nullable().default(null) });
  const plain = readMessage(WithoutPieces, `${V1}.RequestBatchRequest`, { ...message, pieces: [] });
  return readBySchema(BatchRequest, {
    ...plain,
    pieces: digests.map((digest) => Buffer.from(digest as Buffer).toString('hex')),
  });
}

function pieces(answer: AnswerPiece): AnswerInPieces {
  return {
    largest: LARGEST_PIECE,
    open: openPiece,
    close: closePiece,
    async answer(request, exchange) {
      const agency = askingAgency(exchange);
      return answer(agency, readBySchema(Piece, decodePiece(request)), exchange);
    },
  };
}
