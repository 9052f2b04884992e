import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { Card as CardMessage } from '#core/wire/generated/juki/card/v1/Card.js';
import type { CardServiceDefinition } from '#core/wire/generated/juki/card/v1/CardService.js';
import { messageOf } from '#core/wire/plain.js';
import {
  CardFind,
  CardIssue,
  CardLoss,
  CardUnlocking,
  CardVerification,
  type CardView,
  LookAtCards,
  PinChange,
  WhichCard,
} from '../domain/cards/requests.js';
import { continueCard } from '../use-cases/continue-card.js';
import type { Counter } from '../use-cases/counter.js';
import { issueCard } from '../use-cases/issue-card.js';
import { listCards } from '../use-cases/list-cards.js';
import { reportCardFound, reportCardLoss } from '../use-cases/lose-and-find-card.js';
import { changeCardPin, unlockCard, verifyCard } from '../use-cases/set-card-pin.js';
import { destroyCard, orderCardReturn, returnCard } from '../use-cases/take-card-back.js';

const V1 = 'juki.card.v1';

/** The counter for residents' cards. */
export function cardService(counter: Counter): RpcService {
  return rpcService<CardServiceDefinition>(`${V1}.CardService`, {
    async IssueCard(message, exchange) {
      return card(await issueCard(counter, readMessage(CardIssue, `${V1}.IssueCardRequest`, message), exchange));
    },
    async VerifyCard(message, exchange) {
      const shown = readMessage(CardVerification, `${V1}.VerifyCardRequest`, message);
      return verifyCard(counter, shown.card, exchange);
    },
    async ChangeCardPin(message, exchange) {
      await changeCardPin(counter, readMessage(PinChange, `${V1}.ChangeCardPinRequest`, message), exchange);
      return {};
    },
    async UnlockCard(message, exchange) {
      await unlockCard(counter, readMessage(CardUnlocking, `${V1}.UnlockCardRequest`, message), exchange);
      return {};
    },
    async ReportCardLoss(message, exchange) {
      return card(
        await reportCardLoss(counter, readMessage(CardLoss, `${V1}.ReportCardLossRequest`, message), exchange),
      );
    },
    async ReportCardFound(message, exchange) {
      return card(
        await reportCardFound(counter, readMessage(CardFind, `${V1}.ReportCardFoundRequest`, message), exchange),
      );
    },
    async ReturnCard(message, exchange) {
      const { cardNumber } = readMessage(WhichCard, `${V1}.ReturnCardRequest`, message);
      return card(await returnCard(counter, cardNumber, exchange));
    },
    async OrderCardReturn(message, exchange) {
      const { cardNumber } = readMessage(WhichCard, `${V1}.OrderCardReturnRequest`, message);
      return card(await orderCardReturn(counter, cardNumber, exchange));
    },
    async DestroyCard(message, exchange) {
      const { cardNumber } = readMessage(WhichCard, `${V1}.DestroyCardRequest`, message);
      return card(await destroyCard(counter, cardNumber, exchange));
    },
    async ContinueCard(message, exchange) {
      const shown = readMessage(CardVerification, `${V1}.ContinueCardRequest`, message);
      return card(await continueCard(counter, shown.card, exchange));
    },
    async ListCards(message, exchange) {
      const look = readMessage(LookAtCards, `${V1}.ListCardsRequest`, message);
      return { cards: (await listCards(counter, look, exchange)).map(cardMessage) };
    },
  });
}

function card(view: CardView): { card: CardMessage } {
  return { card: cardMessage(view) };
}

function cardMessage(view: CardView): CardMessage {
  return messageOf<CardMessage>(`${V1}.Card`, view);
}
