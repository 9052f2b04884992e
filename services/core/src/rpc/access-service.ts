import { z } from 'zod';
import { type GatheringOffice, gatherExtracts } from '../access/gather-extracts.js';
import type { Caller } from '../domain/caller.js';
import { Refusal } from '../domain/refusal.js';
import { isResidentRecordCode, type ResidentRecordCode } from '../domain/resident-record-code.js';
import { DISCLOSURE } from '../peers/ask-for-extracts.js';
import { holdingsUnder } from '../storage/identity-ledger.js';
import type { AccessServiceDefinition } from '../wire/generated/juki/audit/v1/AccessService.js';
import { logExtractMessage } from '../wire/log-extract-message.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

const MOST_CODES = 20;

const Asked = z.strictObject({
  residentRecordCodes: z
    .array(z.string().refine(isResidentRecordCode, 'is not a resident record code'))
    .min(1)
    .max(MOST_CODES),
});

/** What the logs have about a person, for the offices that lead to where the person is registered. */
export function accessService(desk: GatheringOffice): RpcService {
  return rpcService<AccessServiceDefinition>('juki.audit.v1.AccessService', {
    async ListLogExtracts(message, exchange) {
      const { residentRecordCodes } = readMessage(Asked, 'juki.audit.v1.ListLogExtractsRequest', message);
      if (exchange.purpose !== DISCLOSURE)
        throw new Refusal('INVALID_REQUEST', { field: 'juki-purpose', fault: 'is not that of this procedure' });
      const [present = ''] = residentRecordCodes;
      exchange.concerns.add(present);
      const codes = (await isAskedFromAbove(desk, exchange.caller, present)) ? residentRecordCodes : [present];
      const { extracts, missing } = await gatherExtracts(desk, codes, exchange);
      for (const { residentRecordCode } of extracts) exchange.concerns.add(residentRecordCode);
      return { extracts: extracts.map(logExtractMessage), missing };
    },
  });
}

/**
 * Whoever asks from below leads to where the person is registered now: nobody else is told who looked, nor of codes that
 * this office does not know to be that person's.
 *
 * @throws Refusal ACCESS_DENIED, NOT_FOUND
 */
async function isAskedFromAbove(
  { network, office, ledger }: GatheringOffice,
  caller: Caller,
  code: ResidentRecordCode,
): Promise<boolean> {
  if (caller.kind !== 'office') throw new Refusal('ACCESS_DENIED');
  if (network.entry(office).parent === caller.office) return true;
  const holding = (await holdingsUnder(ledger, [code])).get(code);
  if (!holding) throw new Refusal('NOT_FOUND');
  const home = network.municipalityOf(holding.municipality);
  const isBelow = network.has(caller.office) && network.entry(caller.office).parent === office;
  const leadsThere = network.has(home) && [home, network.entry(home).parent].includes(caller.office);
  if (!isBelow || !leadsThere) throw new Refusal('ACCESS_DENIED');
  return false;
}
