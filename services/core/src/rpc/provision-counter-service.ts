import { PROVISION } from '../domain/provision/inquiry.js';
import { InquiryBeyond } from '../domain/provision/inquiry-schema.js';
import type { ProvisionCounter } from '../provision/counter.js';
import type { ProvisionCounterServiceDefinition } from '../wire/generated/juki/provision/v1/ProvisionCounterService.js';
import { answerMessage, purposeMessage } from '../wire/provision-message.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

const V1 = 'juki.provision.v1';

/** Asking the network instead of the citizen, for operators' tools of a municipality or a prefecture. */
export function provisionCounterService({ ask, purposes }: ProvisionCounter): RpcService {
  return rpcService<ProvisionCounterServiceDefinition>(`${V1}.ProvisionCounterService`, {
    async AskForProvision(message, exchange) {
      exchange.purpose = PROVISION;
      const asked = readMessage(InquiryBeyond, `${V1}.AskForProvisionRequest`, message);
      return { answer: answerMessage(await ask(asked, exchange)) };
    },
    async ListPurposes(_message, exchange) {
      exchange.purpose = PROVISION;
      return { purposes: purposes().map(purposeMessage) };
    },
  });
}
