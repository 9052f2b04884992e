import type { OfficeId } from '#core/domain/office.js';
import { PROVISION } from '#core/domain/provision/inquiry.js';
import { InquiryBeyond, InquiryOnBehalf } from '#core/domain/provision/inquiry-schema.js';
import type { Network } from '#core/network.js';
import { askingOffice, officeBelow } from '#core/rpc/asking-office.js';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { GovernorProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/GovernorProvisionService.js';
import { answerMessage } from '#core/wire/provision-message.js';
import type { ProvideToGovernor } from '../use-cases/provide-to-governor.js';
import type { ProvideToMayor } from '../use-cases/provide-to-mayor.js';

const V1 = 'juki.provision.v1';

interface Provisions {
  toMayor: ProvideToMayor;
  toGovernor: ProvideToGovernor;
}

/** Immediate provision, for the mayors of this prefecture and for other governors. */
export function governorProvisionService(
  network: Network,
  office: OfficeId,
  { toMayor, toGovernor }: Provisions,
): RpcService {
  return rpcService<GovernorProvisionServiceDefinition>(`${V1}.GovernorProvisionService`, {
    async ProvideToMayor(message, exchange) {
      const mayor = officeBelow({ network, office }, PROVISION, exchange);
      const asked = readMessage(InquiryBeyond, `${V1}.ProvideToMayorRequest`, message);
      return { answer: answerMessage(await toMayor(mayor, asked, exchange)) };
    },
    async ProvideToGovernor(message, exchange) {
      const governor = askingOffice(PROVISION, exchange);
      const asked = readMessage(InquiryOnBehalf, `${V1}.ProvideToGovernorRequest`, message);
      return { answer: answerMessage(await toGovernor(governor, asked, exchange)) };
    },
  });
}
