import { takeCardStatuses } from '../cards/take-card-statuses.js';
import type { Office } from '../node.js';
import { askForExtracts } from '../peers/ask-for-extracts.js';
import { restateHoldings } from '../propagation/restate-holdings.js';
import { takeDelivery } from '../propagation/take-delivery.js';
import type { CoreTables } from '../storage/tables.js';
import { accessGatheringService, accessService } from './access-service.js';
import { cardStatusService } from './card-status-service.js';
import { changeHistoryService } from './change-history-service.js';
import { consistencyService } from './consistency-service.js';
import { disclosureService } from './disclosure-service.js';
import { discrepancyService } from './discrepancy-service.js';
import { identityService } from './identity-service.js';
import { propagationService } from './propagation-service.js';
import type { RpcService } from './rpc-service.js';
import { syncService } from './sync-service.js';

/** What a prefecture and the national centre serve alike: an identity ledger that follows the changes of those below. */
export function identityLevel(level: Office<CoreTables>): RpcService[] {
  const { office, network, ledger, dispatch } = level;
  const { parent } = network.entry(office);
  const gathering = { ...level, askForExtracts: askForExtracts(level) };
  return [
    identityService(ledger),
    propagationService(network, office, async (from, delivery, exchange) => {
      const taken = await takeDelivery({ ...level, parent }, from, delivery, exchange);
      dispatch.wake();
      return taken;
    }),
    consistencyService(level, async (changes, exchange) => {
      const restatements = await restateHoldings({ ...level, parent }, changes, exchange);
      dispatch.wake();
      return restatements;
    }),
    cardStatusService(network, office, async (statuses, exchange) => {
      const refused = await takeCardStatuses({ ...level, parent }, statuses, exchange);
      dispatch.wake();
      return refused;
    }),
    changeHistoryService(ledger),
    accessGatheringService(gathering),
    disclosureService(gathering),
    ...(parent === undefined ? [] : [accessService(gathering)]),
    syncService(level),
    discrepancyService({ ...level, receive: (discrepancies) => dispatch.receive(discrepancies) }),
  ];
}
