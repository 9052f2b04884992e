import type { CardAnswer } from '#core/domain/card-answer.js';
import { CARD_STATES, type CardState } from '#core/domain/card-status.js';
import { type Exchange, type Fresh, newNonce } from '#core/domain/exchange.js';
import { isLocalGovernmentCode, type LocalGovernmentCode } from '#core/domain/local-government-code.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { type Reason, Refusal } from '#core/domain/refusal.js';
import { type Asker, ask } from '#core/peers/ask.js';
import type { CardCheckServiceDefinition } from '#core/wire/generated/juki/card/v1/CardCheckService.js';
import { plainOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';

/** Somebody waits at the counter. */
const PATIENCE_MS = 3_000;

/** What the centre may say to it. */
const REASONS: readonly Reason[] = ['NOT_PARTICIPATING', 'CARD_INVALID', 'CARD_COPIED', 'CARD_NOT_CONFIRMED'];

const { CheckCard } = procedures<CardCheckServiceDefinition>('juki.card.v1.CardCheckService');

/** How a card stands nation-wide, and which municipality keeps it. */
interface CheckedCard {
  state: CardState;
  municipality: LocalGovernmentCode;
}

/** Asks the national centre how the card in the reader stands. */
export type CheckCardAtCentre = (answer: CardAnswer, code: string, exchange: Exchange) => Promise<CheckedCard>;

/** @returns a function that throws the centre's refusal, or OFFICE_UNAVAILABLE after three seconds. */
export function checkCardAtCentre(asker: Asker & Fresh): CheckCardAtCentre {
  return async (answer, code, { operator }) => {
    const response = await ask(asker, CheckCard, {
      office: NATIONAL_CENTRE,
      request: { ...answer, count: String(answer.count) },
      // A question of its own: the exchange at the counter may be asking its own office besides.
      account: { id: asker.newId(), nonce: newNonce(asker), operator, purpose: 'CARD_CHECK' },
      concerns: [code],
      reasons: REASONS,
      withinMs: PATIENCE_MS,
    });
    const { state, municipality } = plainOf('juki.card.v1.CheckCardResponse', response);
    const fits = CARD_STATES.some((one) => one === state) && isLocalGovernmentCode(String(municipality));
    if (!fits)
      throw new Refusal('INTERNAL', { office: NATIONAL_CENTRE, cause: new Error('the answer is no standing') });
    return { state: state as CardState, municipality: String(municipality) };
  };
}
