import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Clock } from '../domain/clock.js';
import type { Discrepancy } from '../domain/discrepancy.js';
import { checkPurpose } from '../domain/look-up.js';
import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Network } from '../network.js';
import { closeDiscrepancy, openDiscrepancies } from '../storage/discrepancies.js';
import type { CoreTables } from '../storage/tables.js';
import { discrepancyMessage, discrepancyOfMessage } from '../wire/discrepancy-message.js';
import type { DiscrepancyServiceDefinition } from '../wire/generated/juki/propagation/v1/DiscrepancyService.js';
import { checkPurposeIs } from './asking-office.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

/** The purpose that reporting has, and no other. */
const DISCREPANCY_REPORT = 'DISCREPANCY_REPORT';
const MOST = 200;
const MOST_LISTED = 100;

const Closing = z.strictObject({
  discrepancyId: z.uuid('is not a UUID'),
  finding: z.string().regex(/^\P{Cc}{1,200}$/u, 'is not 1 to 200 characters'),
});

interface Listed {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
  /** Keeps what the office above reports, and hands it on to whom it concerns. */
  receive: (discrepancies: Discrepancy[]) => Promise<void>;
}

/** What was found wrong, at every office: reported by the office above, listed and closed by its own operators. */
export function discrepancyService({ office, network, ledger, clock, receive }: Listed): RpcService {
  return rpcService<DiscrepancyServiceDefinition>('juki.propagation.v1.DiscrepancyService', {
    async ReportDiscrepancies({ discrepancies }, exchange) {
      const { caller, concerns } = exchange;
      if (caller.kind !== 'office' || network.entry(office).parent !== caller.office)
        throw new Refusal('ACCESS_DENIED');
      checkPurposeIs(DISCREPANCY_REPORT, exchange);
      if (discrepancies.length === 0 || discrepancies.length > MOST)
        throw new Refusal('INVALID_REQUEST', { field: 'discrepancies', fault: 'are not 1 to 200' });
      const reported = discrepancies.map(discrepancyOfMessage);
      for (const { residentRecordCode } of reported) concerns.add(residentRecordCode);
      await receive(reported);
      return {};
    },
    async ListDiscrepancies({ purpose }, exchange) {
      exchange.purpose = checkPurpose(purpose);
      const open = await openDiscrepancies(ledger, MOST_LISTED);
      for (const { residentRecordCode } of open) exchange.concerns.add(residentRecordCode);
      return { discrepancies: open.map(discrepancyMessage) };
    },
    async CloseDiscrepancy(message, exchange) {
      const { discrepancyId, finding } = readMessage(Closing, 'juki.propagation.v1.CloseDiscrepancyRequest', message);
      exchange.purpose = DISCREPANCY_REPORT;
      const by = { by: exchange.operator, at: clock.now(), finding };
      const concerned = await closeDiscrepancy(ledger, discrepancyId, by);
      if (concerned === undefined) throw new Refusal('NOT_FOUND', { field: 'discrepancy_id' });
      exchange.concerns.add(concerned);
      return {};
    },
  });
}
