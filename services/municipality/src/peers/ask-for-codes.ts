import type { Fresh } from '#core/domain/exchange.js';
import { newNonce } from '#core/domain/exchange.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import { type Asker, ask } from '#core/peers/ask.js';
import type { AllotmentServiceDefinition } from '#core/wire/generated/juki/allotment/v1/AllotmentService.js';
import { procedures } from '#core/wire/procedure.js';

/** Somebody may wait at the counter for it. */
const PATIENCE_MS = 5_000;

const { AllotCodes } = procedures<AllotmentServiceDefinition>('juki.allotment.v1.AllotmentService');

/** @returns a function that asks the national centre for codes, and throws its refusal or OFFICE_UNAVAILABLE. */
export function askForCodes(asker: Asker & Fresh) {
  return async (request: { allotmentId: string; amount: number }): Promise<ResidentRecordCode[]> => {
    const { residentRecordCodes } = await ask(asker, AllotCodes, {
      office: NATIONAL_CENTRE,
      request,
      // Nobody at the counter asks for it: the pool does, when it runs low.
      account: { id: asker.newId(), nonce: newNonce(asker), operator: 'code-pool', purpose: 'CODE_ALLOTMENT' },
      concerns: [],
      reasons: ['NOT_PARTICIPATING', 'ID_REUSED'],
      withinMs: PATIENCE_MS,
    });
    return residentRecordCodes;
  };
}
