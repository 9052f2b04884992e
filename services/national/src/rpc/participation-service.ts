import { z } from 'zod';
import { isOfficeId, type OfficeId } from '#core/domain/office.js';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { ParticipationServiceDefinition } from '#core/wire/generated/juki/directory/v1/ParticipationService.js';

const Joining = z.strictObject({
  office: z.string().refine(isOfficeId, 'is not an office'),
  participating: z.boolean(),
});

/** Who takes part, for the centre's operators. */
export function participationService(
  setParticipation: (office: OfficeId, participating: boolean) => Promise<number>,
): RpcService {
  return rpcService<ParticipationServiceDefinition>('juki.directory.v1.ParticipationService', {
    async SetParticipation(message, exchange) {
      exchange.purpose = 'PARTICIPATION';
      const { office, participating } = readMessage(Joining, 'juki.directory.v1.SetParticipationRequest', message);
      return { number: await setParticipation(office, participating) };
    },
  });
}
