import { z } from 'zod';
import type { CardAnswer } from '#core/domain/card-answer.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { askingOffice } from '#core/rpc/asking-office.js';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import { CardChallenge, CardCount, CardSignature } from '#core/wire/card-answer-fields.js';
import { CardNumber } from '#core/wire/card-status-message.js';
import type { CardCheckServiceDefinition } from '#core/wire/generated/juki/card/v1/CardCheckService.js';
import type { CheckCardResponse } from '#core/wire/generated/juki/card/v1/CheckCardResponse.js';
import { messageOf } from '#core/wire/plain.js';
import type { CheckedCard } from '../use-cases/check-card.js';

const CARD_CHECK = 'CARD_CHECK';

const Answer = z.strictObject({
  cardNumber: CardNumber,
  challenge: CardChallenge,
  count: CardCount,
  signature: CardSignature,
});

type Check = (reader: OfficeId, answer: CardAnswer, exchange: Exchange) => Promise<CheckedCard>;

/** Card checks, for municipalities. */
export function cardCheckService(check: Check): RpcService {
  return rpcService<CardCheckServiceDefinition>('juki.card.v1.CardCheckService', {
    async CheckCard(message, exchange) {
      const reader = askingOffice(CARD_CHECK, exchange);
      const answer = readMessage(Answer, 'juki.card.v1.CheckCardRequest', message);
      return messageOf<CheckCardResponse>('juki.card.v1.CheckCardResponse', await check(reader, answer, exchange));
    },
  });
}
