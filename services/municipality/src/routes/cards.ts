import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { operation } from '#core/http/operation.js';
import {
  CardFind,
  CardIssue,
  CardLoss,
  CardUnlocking,
  CardVerification,
  CardView,
  LookAtCards,
  PinChange,
  VerifiedCard,
  WhichCard,
} from '../domain/cards/requests.js';
import { continueCard } from '../use-cases/continue-card.js';
import type { Counter } from '../use-cases/counter.js';
import { issueCard } from '../use-cases/issue-card.js';
import { listCards } from '../use-cases/list-cards.js';
import { reportCardFound, reportCardLoss } from '../use-cases/lose-and-find-card.js';
import { changeCardPin, unlockCard, verifyCard } from '../use-cases/set-card-pin.js';
import { destroyCard, orderCardReturn, returnCard } from '../use-cases/take-card-back.js';

const Nothing = z.object({});

/** /cards: what residents do with their cards at the counter, and what is done with cards that come back. */
export function cardRoutes(app: FastifyInstance, counter: Counter): void {
  holderRoutes(app, counter);
  operation(app, '/cards/return', {
    ...{ summary: 'A card is taken back', body: WhichCard, answer: CardView },
    act: ({ cardNumber }, exchange) => returnCard(counter, cardNumber, exchange),
  });
  operation(app, '/cards/return-order', {
    ...{ summary: 'A card is ordered back', body: WhichCard, answer: CardView },
    act: ({ cardNumber }, exchange) => orderCardReturn(counter, cardNumber, exchange),
  });
  operation(app, '/cards/destruction', {
    ...{ summary: 'A card that was taken back has been destroyed', body: WhichCard, answer: CardView },
    act: ({ cardNumber }, exchange) => destroyCard(counter, cardNumber, exchange),
  });
  operation(app, '/cards/list', {
    ...{ summary: 'The cards that somebody has or had here', body: LookAtCards },
    answer: z.object({ cards: z.array(CardView) }),
    act: async (look, exchange) => ({ cards: await listCards(counter, look, exchange) }),
  });
}

function holderRoutes(app: FastifyInstance, counter: Counter): void {
  operation(app, '/cards', {
    ...{ summary: 'A card is issued, and its PIN set', body: CardIssue, answer: CardView, status: 201 },
    act: (issue, exchange) => issueCard(counter, issue, exchange),
  });
  operation(app, '/cards/verify', {
    ...{ summary: 'A card of any municipality, confirmed by its PIN', body: CardVerification, answer: VerifiedCard },
    act: ({ card }, exchange) => verifyCard(counter, card, exchange),
  });
  operation(app, '/cards/pin', {
    ...{ summary: 'Another PIN, for whoever knows the present one', body: PinChange, answer: Nothing },
    act: async (change, exchange) => {
      await changeCardPin(counter, change, exchange);
      return {};
    },
  });
  operation(app, '/cards/unlock', {
    ...{ summary: 'A locked card that is kept here, with another PIN', body: CardUnlocking, answer: Nothing },
    act: async (unlocking, exchange) => {
      await unlockCard(counter, unlocking, exchange);
      return {};
    },
  });
  operation(app, '/cards/loss', {
    ...{ summary: 'A card is lost: it is suspended', body: CardLoss, answer: CardView },
    act: (loss, exchange) => reportCardLoss(counter, loss, exchange),
  });
  operation(app, '/cards/found', {
    ...{ summary: 'A card that was lost is found', body: CardFind, answer: CardView },
    act: (find, exchange) => reportCardFound(counter, find, exchange),
  });
  operation(app, '/cards/continue', {
    ...{ summary: '継続利用: the card of somebody who moved in goes on', body: CardVerification, answer: CardView },
    act: ({ card }, exchange) => continueCard(counter, card, exchange),
  });
}
