import type { DirectoryKeeper } from '../directory/directory-keeper.js';
import type { Clock } from '../domain/clock.js';
import { LARGEST_DIRECTORY } from '../domain/largest-message.js';
import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Network } from '../network.js';
import { directoryMessage, directoryOfMessage } from '../wire/directory-message.js';
import type { DirectoryServiceDefinition } from '../wire/generated/juki/directory/v1/DirectoryService.js';
import { type RpcService, rpcService } from './rpc-service.js';

interface Keeping {
  office: OfficeId;
  network: Network;
  clock: Clock;
  directories: DirectoryKeeper;
}

/** The directory, at every office: taken from above, given to those below and to the office's own operators. */
export function directoryService({ office, network, clock, directories }: Keeping): RpcService {
  return rpcService<DirectoryServiceDefinition>(
    'juki.directory.v1.DirectoryService',
    {
      async PublishDirectory({ directory }, { caller }) {
        if (caller.kind !== 'office' || network.entry(office).parent !== caller.office)
          throw new Refusal('ACCESS_DENIED');
        if (!directory) throw new Refusal('INVALID_REQUEST', { field: 'directory', fault: 'is missing' });
        return { number: await directories.accept(directoryOfMessage(directory)) };
      },
      async GetDirectory(_nothing, exchange) {
        const { caller } = exchange;
        const isBelow = caller.kind !== 'office' || network.entry(caller.office).parent === office;
        if (!isBelow) throw new Refusal('ACCESS_DENIED');
        exchange.purpose = 'DIRECTORY';
        const { held } = directories;
        if (!held) return {};
        const age = (clock.now().getTime() - held.directory.issuedAt.getTime()) / 1000;
        return { directory: directoryMessage(held.signed), ageSeconds: String(Math.max(0, Math.round(age))) };
      },
    },
    { largest: LARGEST_DIRECTORY },
  );
}
