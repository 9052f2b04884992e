import { z } from 'zod';
import { type GatheringOffice, gatherExtracts } from '../access/gather-extracts.js';
import type { Exchange } from '../domain/exchange.js';
import type { Extracts } from '../domain/log-extract.js';
import { Refusal } from '../domain/refusal.js';
import { isResidentRecordCode, type ResidentRecordCode } from '../domain/resident-record-code.js';
import { DISCLOSURE } from '../peers/ask-for-extracts.js';
import { holdingsUnder } from '../storage/identity-ledger.js';
import type { AccessGatheringServiceDefinition } from '../wire/generated/juki/audit/v1/AccessGatheringService.js';
import type { AccessServiceDefinition } from '../wire/generated/juki/audit/v1/AccessService.js';
import { logExtractMessage } from '../wire/log-extract-message.js';
import { checkPurposeIs } from './asking-office.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

const V1 = 'juki.audit.v1';
const MOST_CODES = 20;

const Code = z.string().refine(isResidentRecordCode, 'is not a resident record code');
const Listed = z.strictObject({ residentRecordCodes: z.array(Code).min(1).max(MOST_CODES) });
const Gathered = z.strictObject({ residentRecordCode: Code });

/** What the logs have about a person, for the office above, which knows where the person was registered. */
export function accessService(desk: GatheringOffice): RpcService {
  return rpcService<AccessServiceDefinition>(`${V1}.AccessService`, {
    async ListLogExtracts(message, exchange) {
      const { residentRecordCodes } = readMessage(Listed, `${V1}.ListLogExtractsRequest`, message);
      checkPurposeIs(DISCLOSURE, exchange);
      for (const code of residentRecordCodes) exchange.concerns.add(code);
      const { caller } = exchange;
      if (caller.kind !== 'office' || desk.network.entry(desk.office).parent !== caller.office)
        throw new Refusal('ACCESS_DENIED');
      return answerOf(await gatherExtracts(desk, residentRecordCodes, exchange), exchange);
    },
  });
}

/** The same for the office below that leads to where the person is registered. */
export function accessGatheringService(desk: GatheringOffice): RpcService {
  return rpcService<AccessGatheringServiceDefinition>(`${V1}.AccessGatheringService`, {
    async GatherLogExtracts(message, exchange) {
      const { residentRecordCode } = readMessage(Gathered, `${V1}.GatherLogExtractsRequest`, message);
      checkPurposeIs(DISCLOSURE, exchange);
      exchange.concerns.add(residentRecordCode);
      await checkLeadsHome(desk, exchange, residentRecordCode);
      return answerOf(await gatherExtracts(desk, [residentRecordCode], exchange), exchange);
    },
  });
}

/** Nobody else is told who looked. @throws Refusal ACCESS_DENIED, NOT_FOUND */
async function checkLeadsHome(
  { network, office, ledger }: GatheringOffice,
  { caller }: Exchange,
  code: ResidentRecordCode,
): Promise<void> {
  const holding = (await holdingsUnder(ledger, [code])).get(code);
  if (!holding) throw new Refusal('NOT_FOUND');
  const home = network.municipalityOf(holding.municipality);
  if (caller.kind !== 'office' || !network.has(home)) throw new Refusal('ACCESS_DENIED');
  const isBelow = network.has(caller.office) && network.entry(caller.office).parent === office;
  const leadsThere = [home, network.entry(home).parent].includes(caller.office);
  if (!isBelow || !leadsThere) throw new Refusal('ACCESS_DENIED');
}

function answerOf({ extracts, missing }: Extracts, exchange: Exchange) {
  for (const { residentRecordCode } of extracts) exchange.concerns.add(residentRecordCode);
  return { extracts: extracts.map(logExtractMessage), missing };
}
