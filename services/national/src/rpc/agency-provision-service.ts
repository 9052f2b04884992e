import { ImmediateInquiry } from '#core/domain/provision/inquiry-schema.js';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { AgencyProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/AgencyProvisionService.js';
import { answerMessage, purposeMessage } from '#core/wire/provision-message.js';
import type { ProvideToAgency } from '../use-cases/provide-to-agency.js';
import type { RegisteredAgencies } from '../use-cases/registered-agencies.js';
import { askingAgency } from './asking-agency.js';

const V1 = 'juki.provision.v1';

/** Immediate provision, for agencies. */
export function agencyProvisionService(provide: ProvideToAgency, agencies: RegisteredAgencies): RpcService {
  return rpcService<AgencyProvisionServiceDefinition, never, 'ProvideEachToAgency'>(
    `${V1}.AgencyProvisionService`,
    {
      async ProvideToAgency(message, exchange) {
        const agency = askingAgency(exchange);
        const asked = readMessage(ImmediateInquiry, `${V1}.ProvideToAgencyRequest`, message);
        return { answer: answerMessage(await provide(agency, asked, exchange)) };
      },
      async ListAgencyPurposes(_message, exchange) {
        const citable = await agencies.citable(askingAgency(exchange));
        return { purposes: citable.map(purposeMessage) };
      },
    },
    { carriers: { ProvideEachToAgency: 'ProvideToAgency' } },
  );
}
