import { type Fresh, newNonce } from '../domain/exchange.js';
import type { Extracts } from '../domain/log-extract.js';
import type { OfficeId } from '../domain/office.js';
import { isReason, type Reason } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { AccessGatheringServiceDefinition } from '../wire/generated/juki/audit/v1/AccessGatheringService.js';
import type { AccessServiceDefinition } from '../wire/generated/juki/audit/v1/AccessService.js';
import type { ListLogExtractsResponse__Output } from '../wire/generated/juki/audit/v1/ListLogExtractsResponse.js';
import { logExtractOfMessage } from '../wire/log-extract-message.js';
import { procedures } from '../wire/procedure.js';
import { type Asker, ask } from './ask.js';

/** The purpose that asking for extracts has, and no other. */
export const DISCLOSURE = 'DISCLOSURE';

const REASONS: readonly Reason[] = ['NOT_FOUND', 'NOT_PARTICIPATING'];

const { ListLogExtracts } = procedures<AccessServiceDefinition>('juki.audit.v1.AccessService');
const { GatherLogExtracts } = procedures<AccessGatheringServiceDefinition>('juki.audit.v1.AccessGatheringService');

/** Asks an office for what its log, and those behind it, have about a person. */
export interface AskForExtracts {
  above(office: OfficeId, code: ResidentRecordCode, withinMs: number): Promise<Extracts>;
  below(office: OfficeId, codes: ResidentRecordCode[], withinMs: number): Promise<Extracts>;
}

export function askForExtracts(asker: Asker & Fresh): AskForExtracts {
  const account = () => ({
    ...{ id: asker.newId(), nonce: newNonce(asker), operator: 'disclosure', purpose: DISCLOSURE },
  });
  return {
    above: async (office, code, withinMs) => {
      const question = { office, request: { residentRecordCode: code }, concerns: [code], withinMs };
      return extractsOf(await ask(asker, GatherLogExtracts, { ...question, account: account(), reasons: REASONS }));
    },
    below: async (office, codes, withinMs) => {
      const question = { office, request: { residentRecordCodes: codes }, concerns: codes, withinMs };
      return extractsOf(await ask(asker, ListLogExtracts, { ...question, account: account(), reasons: REASONS }));
    },
  };
}

function extractsOf({ extracts, missing }: ListLogExtractsResponse__Output): Extracts {
  return {
    extracts: extracts.map(logExtractOfMessage),
    missing: missing.map(({ office, reason }) => ({ office, reason: isReason(reason) ? reason : 'INTERNAL' })),
  };
}
