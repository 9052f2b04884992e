import { z } from 'zod';
import { CAUSES, type Standing } from '../domain/directory.js';
import type { Exchange } from '../domain/exchange.js';
import { isOfficeId, type OfficeId } from '../domain/office.js';
import type { StandingServiceDefinition } from '../wire/generated/juki/directory/v1/StandingService.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

const V1 = 'juki.directory.v1';
const Office = z.string().refine(isOfficeId, 'is not an office');
const Cutting = z.strictObject({ office: Office, cause: z.enum(CAUSES) });
const Rejoining = z.strictObject({ office: Office });

type Cause = NonNullable<Standing['cutOff']>['cause'];

/** What is decided about offices' standing. @returns the number of the directory that says so */
export interface Decisions {
  cutOff(office: OfficeId, cause: Cause, exchange: Exchange): Promise<number>;
  rejoin(office: OfficeId, exchange: Exchange): Promise<number>;
}

/** The switch: at the centre for all, at a prefecture for its own. */
export function standingService({ cutOff, rejoin }: Decisions): RpcService {
  return rpcService<StandingServiceDefinition>(`${V1}.StandingService`, {
    async CutOff(message, exchange) {
      const { office, cause } = readMessage(Cutting, `${V1}.CutOffRequest`, message);
      exchange.purpose ||= 'EMERGENCY_RESPONSE';
      return { number: await cutOff(office, cause, exchange) };
    },
    async Rejoin(message, exchange) {
      const { office } = readMessage(Rejoining, `${V1}.RejoinRequest`, message);
      exchange.purpose ||= 'EMERGENCY_RESPONSE';
      return { number: await rejoin(office, exchange) };
    },
  });
}
