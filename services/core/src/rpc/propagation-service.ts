import type { Exchange } from '../domain/exchange.js';
import type { Change } from '../domain/fold-changes.js';
import type { Verdict } from '../domain/fold-delivery.js';
import { LARGEST_DELIVERY } from '../domain/largest-message.js';
import { codeOf, type OfficeId, roleOf } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Network } from '../network.js';
import { MOST_CHANGES } from '../propagation/pieces.js';
import { changeOfPlain, changesSchema } from '../wire/change-message.js';
import type { PropagationServiceDefinition } from '../wire/generated/juki/propagation/v1/PropagationService.js';
import type { Verdict as VerdictMessage } from '../wire/generated/juki/propagation/v1/Verdict.js';
import { messageOf } from '../wire/plain.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

/** The purpose that this procedure has, and no other. */
const CHANGE_DELIVERY = 'CHANGE_DELIVERY';

const Changes = changesSchema(MOST_CHANGES);

type Accept = (changes: Change[], exchange: Exchange) => Promise<Verdict[]>;

/** What a prefecture and the national centre take from the level below. */
export function propagationService(network: Network, office: OfficeId, acceptChanges: Accept): RpcService {
  return rpcService<PropagationServiceDefinition>(
    'juki.propagation.v1.PropagationService',
    {
      async DeliverChanges(message, exchange) {
        const { caller, purpose } = exchange;
        if (caller.kind !== 'office' || network.entry(caller.office).parent !== office)
          throw new Refusal('ACCESS_DENIED');
        if (purpose !== CHANGE_DELIVERY)
          throw new Refusal('INVALID_REQUEST', { field: 'juki-purpose', fault: 'is not that of this procedure' });
        if (!network.participates(caller.office)) throw new Refusal('NOT_PARTICIPATING', { office: caller.office });
        const { changes } = readMessage(Changes, 'juki.propagation.v1.DeliverChangesRequest', message);
        const plain = changes.map(changeOfPlain);
        checkReporters(plain, caller.office, network);
        const verdicts = await acceptChanges(plain, exchange);
        return {
          verdicts: verdicts.map((verdict) => messageOf<VerdictMessage>('juki.propagation.v1.Verdict', verdict)),
        };
      },
    },
    LARGEST_DELIVERY,
  );
}

/** A municipality reports for itself, a prefecture for the municipalities that are its own. */
function checkReporters(changes: Change[], sender: OfficeId, network: Network): void {
  const mayReport = ({ municipality }: Change) => {
    const reporter = `municipality/${municipality}`;
    if (roleOf(sender) === 'municipality') return codeOf(sender) === municipality;
    return network.has(reporter) && network.entry(reporter).parent === sender;
  };
  const ward = changes.find(({ municipality }) => network.cityOfWard(municipality) !== undefined);
  if (ward)
    throw new Refusal('INVALID_REQUEST', { field: 'municipality', fault: 'is a ward, which reports through its city' });
  if (!changes.every(mayReport)) throw new Refusal('ACCESS_DENIED', { field: 'municipality' });
}
