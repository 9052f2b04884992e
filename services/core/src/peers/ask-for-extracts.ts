import { type Fresh, newNonce } from '../domain/exchange.js';
import type { Extracts } from '../domain/log-extract.js';
import type { OfficeId } from '../domain/office.js';
import { isReason } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { AccessServiceDefinition } from '../wire/generated/juki/audit/v1/AccessService.js';
import { logExtractOfMessage } from '../wire/log-extract-message.js';
import { procedures } from '../wire/procedure.js';
import { type Asker, ask } from './ask.js';

/** The purpose that asking for extracts has, and no other. */
export const DISCLOSURE = 'DISCLOSURE';

const { ListLogExtracts } = procedures<AccessServiceDefinition>('juki.audit.v1.AccessService');

/** @returns what asks an office for what its log, and those behind it, have about a person */
export function askForExtracts(asker: Asker & Fresh) {
  return async (office: OfficeId, codes: ResidentRecordCode[], withinMs: number): Promise<Extracts> => {
    const { extracts, missing } = await ask(asker, ListLogExtracts, {
      ...{ office, request: { residentRecordCodes: codes }, concerns: codes, withinMs },
      account: { id: asker.newId(), nonce: newNonce(asker), operator: 'disclosure', purpose: DISCLOSURE },
      reasons: ['NOT_FOUND', 'NOT_PARTICIPATING'],
    });
    return {
      extracts: extracts.map(logExtractOfMessage),
      missing: missing.map(({ office: silent, reason }) => ({
        ...{ office: silent, reason: isReason(reason) ? reason : 'INTERNAL' },
      })),
    };
  };
}
