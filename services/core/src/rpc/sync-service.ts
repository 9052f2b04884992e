import type { Kysely } from 'kysely';
import type { Exchange } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Network } from '../network.js';
import type { Dispatch } from '../propagation/dispatch.js';
import { type KeptCheck, lastChecks } from '../storage/consistency-checks.js';
import { countOpenDiscrepancies } from '../storage/discrepancies.js';
import type { CoreTables } from '../storage/tables.js';
import type { ConsistencyCheck } from '../wire/generated/juki/propagation/v1/ConsistencyCheck.js';
import type { SyncServiceDefinition } from '../wire/generated/juki/propagation/v1/SyncService.js';
import { messageOf } from '../wire/plain.js';
import { type RpcService, rpcService } from './rpc-service.js';

const V1 = 'juki.propagation.v1';

interface Level {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  dispatch: Dispatch;
  /** Undefined where there is no register to hold anything against. */
  check?: (repair: boolean, exchange: Exchange) => Promise<KeptCheck[]>;
}

/** How far this office and the levels above it agree, for its own operators. */
export function syncService({ office, network, ledger, dispatch, check }: Level): RpcService {
  return rpcService<SyncServiceDefinition>(`${V1}.SyncService`, {
    async GetSyncStatus(_nothing, exchange) {
      exchange.purpose = 'SYNC_STATUS';
      const queue = await dispatch.standing();
      return messageOf(`${V1}.GetSyncStatusResponse`, {
        ...{ waiting: queue?.depth ?? 0, oldest: queue?.oldest, participating: network.participates(office) },
        checks: (await lastChecks(ledger)).map(plainCheck),
        discrepancies: await countOpenDiscrepancies(ledger),
      });
    },
    async CheckConsistency({ repair }, exchange) {
      if (!check) throw new Refusal('NO_SUCH_PROCEDURE');
      exchange.purpose = 'CONSISTENCY_CHECK';
      const checks = await check(repair, exchange);
      return { checks: checks.map((one) => messageOf<ConsistencyCheck>(`${V1}.ConsistencyCheck`, plainCheck(one))) };
    },
  });
}

function plainCheck({ above, checkedAt, differing, repaired }: KeptCheck): KeptCheck {
  return { above, checkedAt, differing, repaired };
}
