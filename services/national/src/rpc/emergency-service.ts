import { z } from 'zod';
import { ThreatLevel } from '#core/domain/directory.js';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { EmergencyServiceDefinition } from '#core/wire/generated/juki/directory/v1/EmergencyService.js';

const Setting = z.strictObject({ threatLevel: ThreatLevel });

/** How grave things are, for the centre's security officers. */
export function emergencyService(setThreatLevel: (level: ThreatLevel) => Promise<number>): RpcService {
  return rpcService<EmergencyServiceDefinition>('juki.directory.v1.EmergencyService', {
    async SetThreatLevel(message, exchange) {
      exchange.purpose = 'EMERGENCY_RESPONSE';
      const { threatLevel } = readMessage(Setting, 'juki.directory.v1.SetThreatLevelRequest', message);
      return { number: await setThreatLevel(threatLevel) };
    },
  });
}
