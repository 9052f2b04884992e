import { z } from 'zod';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { Agency as AgencyMessage } from '#core/wire/generated/juki/provision/v1/Agency.js';
import type { AgencyRegistryServiceDefinition } from '#core/wire/generated/juki/provision/v1/AgencyRegistryService.js';
import { messageOf } from '#core/wire/plain.js';
import { type Agency, AgencyRegistration } from '../domain/agency.js';

const V1 = 'juki.provision.v1';
const AGENCY_REGISTRY = 'AGENCY_REGISTRY';
const Which = z.strictObject({ name: z.string().max(63) });

interface Registry {
  register: (registration: AgencyRegistration) => Promise<Agency>;
  revoke: (name: string) => Promise<Agency>;
  all: () => Promise<Agency[]>;
}

/** Which agencies there are, for the operators of the centre. */
export function agencyRegistryService({ register, revoke, all }: Registry): RpcService {
  return rpcService<AgencyRegistryServiceDefinition>(`${V1}.AgencyRegistryService`, {
    async RegisterAgency(message, exchange) {
      exchange.purpose = AGENCY_REGISTRY;
      const registration = readMessage(AgencyRegistration, `${V1}.RegisterAgencyRequest`, message);
      return { agency: agencyMessage(await register(registration)) };
    },
    async RevokeAgency(message, exchange) {
      exchange.purpose = AGENCY_REGISTRY;
      const { name } = readMessage(Which, `${V1}.RevokeAgencyRequest`, message);
      return { agency: agencyMessage(await revoke(name)) };
    },
    async ListAgencies(_message, exchange) {
      exchange.purpose = AGENCY_REGISTRY;
      return { agencies: (await all()).map(agencyMessage) };
    },
  });
}

function agencyMessage(agency: Agency): AgencyMessage {
  return messageOf<AgencyMessage>(`${V1}.Agency`, agency);
}
