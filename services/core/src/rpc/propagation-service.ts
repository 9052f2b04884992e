import type { Exchange } from '../domain/exchange.js';
import type { Change } from '../domain/fold-changes.js';
import { LARGEST_DELIVERY } from '../domain/largest-message.js';
import { codeOf, type OfficeId, roleOf } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Network } from '../network.js';
import { MOST_CHANGES } from '../propagation/pieces.js';
import type { Delivery, Taken } from '../propagation/take-delivery.js';
import { changeOfPlain, changesSchema } from '../wire/change-message.js';
import type { PropagationServiceDefinition } from '../wire/generated/juki/propagation/v1/PropagationService.js';
import type { Verdict as VerdictMessage } from '../wire/generated/juki/propagation/v1/Verdict.js';
import { headMessage, PlainHead, PlainWitnessed, witnessedMessage } from '../wire/head-message.js';
import { messageOf } from '../wire/plain.js';
import { officeBelow } from './asking-office.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

/** The purpose that this procedure has, and no other. */
const CHANGE_DELIVERY = 'CHANGE_DELIVERY';

const PlainDelivery = changesSchema(MOST_CHANGES, 0)
  .extend({ head: PlainHead.optional(), witnessed: PlainWitnessed.optional() })
  .refine(({ changes, head }) => changes.length > 0 || head, { path: ['changes'], error: 'are none, and no head' });

type Take = (from: OfficeId, delivery: Delivery, exchange: Exchange) => Promise<Taken>;

/** What a prefecture and the national centre take from the level below. */
export function propagationService(network: Network, office: OfficeId, take: Take): RpcService {
  return rpcService<PropagationServiceDefinition>(
    'juki.propagation.v1.PropagationService',
    {
      async DeliverChanges(message, exchange) {
        const sender = officeBelow({ network, office }, CHANGE_DELIVERY, exchange);
        const delivery = readMessage(PlainDelivery, 'juki.propagation.v1.DeliverChangesRequest', message);
        const changes = delivery.changes.map(changeOfPlain);
        checkReporters(changes, sender, network);
        const { verdicts, witnessed, head } = await take(sender, { ...delivery, changes }, exchange);
        return {
          verdicts: verdicts.map((verdict) => messageOf<VerdictMessage>('juki.propagation.v1.Verdict', verdict)),
          witnessed: witnessedMessage(witnessed),
          ...(head && { head: headMessage(head) }),
        };
      },
    },
    { largest: LARGEST_DELIVERY },
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
