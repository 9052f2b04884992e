import type { ConsistencyCheck } from '#core/propagation/check-consistency.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { ConsistencyCheck as Message } from '#core/wire/generated/juki/propagation/v1/ConsistencyCheck.js';
import type { ConsistencyCheckServiceDefinition } from '#core/wire/generated/juki/propagation/v1/ConsistencyCheckService.js';
import { messageOf } from '#core/wire/plain.js';

const V1 = 'juki.propagation.v1';

type Check = (repair: boolean, operator: string) => Promise<ConsistencyCheck[]>;

/** The consistency check, when an operator of this municipality asks for it. */
export function consistencyCheckService(check: Check): RpcService {
  return rpcService<ConsistencyCheckServiceDefinition>(`${V1}.ConsistencyCheckService`, {
    async CheckConsistency({ repair }, exchange) {
      exchange.purpose = 'CONSISTENCY_CHECK';
      const checks = await check(repair, exchange.operator);
      return { checks: checks.map((one) => messageOf<Message>(`${V1}.ConsistencyCheck`, one)) };
    },
  });
}
