import type { CardStatus } from '../domain/card-status.js';
import { type Fresh, newNonce } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import type { Logger } from '../logger.js';
import type { Consignment } from '../propagation/dispatch.js';
import { cardStatusMessage, MOST_CARD_STATUSES } from '../wire/card-status-message.js';
import type { CardStatusServiceDefinition } from '../wire/generated/juki/card/v1/CardStatusService.js';
import { procedures } from '../wire/procedure.js';
import { type Asker, ask } from './ask.js';

/** Nobody waits at a counter for it. */
const PATIENCE_MS = 20_000;

const { ReportCardStatuses } = procedures<CardStatusServiceDefinition>('juki.card.v1.CardStatusService');

/** Card statuses on their way to the level above (Order 30-24). */
export function reportedCardStatuses(asker: Asker & Fresh & { logger: Logger }): Consignment<CardStatus> {
  return {
    ...{ kind: 'CARD_STATUS', most: MOST_CARD_STATUSES, among: 'PARTICIPANTS' },
    async handOver(parent: OfficeId, statuses) {
      const { refusedCardNumbers } = await ask(asker, ReportCardStatuses, {
        office: parent,
        request: { statuses: statuses.map(cardStatusMessage) },
        account: { id: asker.newId(), nonce: newNonce(asker), operator: 'courier', purpose: 'CARD_STATUS_REPORT' },
        concerns: statuses.map(({ residentRecordCode }) => residentRecordCode),
        reasons: ['NOT_PARTICIPATING'],
        withinMs: PATIENCE_MS,
      });
      if (refusedCardNumbers.length > 0)
        asker.logger.error({ cards: refusedCardNumbers.length }, 'card numbers stand for other chips above');
    },
  };
}
