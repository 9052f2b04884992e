import type { Kysely } from 'kysely';
import type { OfficeId } from '../domain/office.js';
import type { Network } from '../network.js';
import { syncStanding } from '../propagation/sync-standing.js';
import type { CoreTables } from '../storage/tables.js';
import type { SyncServiceDefinition } from '../wire/generated/juki/propagation/v1/SyncService.js';
import { messageOf } from '../wire/plain.js';
import { type RpcService, rpcService } from './rpc-service.js';

interface Office {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
}

/** How far this office and the levels around it agree, for its own operators. */
export function syncService(office: Office): RpcService {
  return rpcService<SyncServiceDefinition>('juki.propagation.v1.SyncService', {
    async GetSyncStatus(_nothing, exchange) {
      exchange.purpose = 'SYNC_STATUS';
      const { oldest, ...standing } = await syncStanding(office);
      return messageOf('juki.propagation.v1.GetSyncStatusResponse', { ...standing, ...(oldest && { oldest }) });
    },
  });
}
