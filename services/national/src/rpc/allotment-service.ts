import { z } from 'zod';
import type { OfficeId } from '#core/domain/office.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import { askingOffice } from '#core/rpc/asking-office.js';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { AllotmentServiceDefinition } from '#core/wire/generated/juki/allotment/v1/AllotmentService.js';

const CODE_ALLOTMENT = 'CODE_ALLOTMENT';
/** What fits in an answer. */
const MOST = 10_000;

const AllotCodes = z.strictObject({
  allotmentId: z.uuid('is not a UUID'),
  amount: z.number().int().min(1, 'is not 1 to 10,000').max(MOST, 'is not 1 to 10,000'),
});

type Allot = (municipality: OfficeId, request: z.infer<typeof AllotCodes>) => Promise<ResidentRecordCode[]>;

/** Code allotment, for municipalities. */
export function allotmentService(allotCodes: Allot): RpcService {
  return rpcService<AllotmentServiceDefinition>('juki.allotment.v1.AllotmentService', {
    async AllotCodes(message, exchange) {
      const municipality = askingOffice(CODE_ALLOTMENT, exchange);
      const request = readMessage(AllotCodes, 'juki.allotment.v1.AllotCodesRequest', message);
      return { residentRecordCodes: await allotCodes(municipality, request) };
    },
  });
}
