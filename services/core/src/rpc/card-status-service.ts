import type { CardStatus } from '../domain/card-status.js';
import type { Exchange } from '../domain/exchange.js';
import { LARGEST_DELIVERY } from '../domain/largest-message.js';
import { codeOf, municipalityId, type OfficeId, roleOf } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Network } from '../network.js';
import { CardStatuses, cardStatusOfPlain } from '../wire/card-status-message.js';
import type { CardStatusServiceDefinition } from '../wire/generated/juki/card/v1/CardStatusService.js';
import { officeBelow } from './asking-office.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

/** The purpose that this procedure has, and no other. */
const CARD_STATUS_REPORT = 'CARD_STATUS_REPORT';

type Take = (statuses: CardStatus[], exchange: Exchange) => Promise<string[]>;

/** How cards stand, as a prefecture and the national centre take it from the level below. */
export function cardStatusService(network: Network, office: OfficeId, take: Take): RpcService {
  return rpcService<CardStatusServiceDefinition>(
    'juki.card.v1.CardStatusService',
    {
      async ReportCardStatuses(message, exchange) {
        const sender = officeBelow({ network, office }, CARD_STATUS_REPORT, exchange);
        const { statuses } = readMessage(CardStatuses, 'juki.card.v1.ReportCardStatusesRequest', message);
        const reported = statuses.map(cardStatusOfPlain);
        checkReporters(reported, sender, network);
        return { refusedCardNumbers: await take(reported, exchange) };
      },
    },
    { largest: LARGEST_DELIVERY },
  );
}

/** A municipality reports the cards that it keeps, a prefecture those of its municipalities. */
function checkReporters(statuses: CardStatus[], sender: OfficeId, network: Network): void {
  const mayReport = ({ municipality }: CardStatus) => {
    if (roleOf(sender) === 'municipality') return codeOf(sender) === municipality;
    const keeper = municipalityId(municipality);
    return network.has(keeper) && network.entry(keeper).parent === sender;
  };
  if (!statuses.every(mayReport)) throw new Refusal('ACCESS_DENIED', { field: 'municipality' });
}
