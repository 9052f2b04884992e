import { z } from 'zod';
import type { OwnLine } from '../directory/own-line.js';
import type { OwnLineServiceDefinition } from '../wire/generated/juki/directory/v1/OwnLineService.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

const V1 = 'juki.directory.v1';
const Words = z.string().regex(/^\P{Cc}{1,200}$/u, 'is not 1 to 200 characters');
const Cut = z.strictObject({ grounds: Words });
const Restore = z.strictObject({ finding: Words });

/** A municipality's own switch, for its operators. */
export function ownLineService(line: OwnLine): RpcService {
  return rpcService<OwnLineServiceDefinition>(`${V1}.OwnLineService`, {
    async CutOwnLine(message, exchange) {
      exchange.purpose = 'EMERGENCY_RESPONSE';
      const { grounds } = readMessage(Cut, `${V1}.CutOwnLineRequest`, message);
      await line.cut(exchange.operator, grounds);
      return {};
    },
    async RestoreOwnLine(message, exchange) {
      exchange.purpose = 'EMERGENCY_RESPONSE';
      const { finding } = readMessage(Restore, `${V1}.RestoreOwnLineRequest`, message);
      await line.restore(exchange.operator, finding);
      return {};
    },
  });
}
