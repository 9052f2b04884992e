import type { Card__Output } from '#core/wire/generated/juki/card/v1/Card.js';
import { plainOf } from '#core/wire/plain.js';
import type { CardView } from '#municipality/domain/cards/requests.js';

/** In the plain shape, where what is not there is left out. */
type PlainCard = { [K in keyof CardView]: NonNullable<CardView[K]> } & { events?: CardView['events'] };

/** A card, and what became of it, as text. */
export function cardText(card: Card__Output | null | undefined): string {
  if (!card) return 'no card';
  const { cardNumber, kind, residentRecordCode, issuedOn, expiresOn, lapsesAfter, movedTo, ...standing } = plainOf(
    'juki.card.v1.Card',
    card,
  ) as unknown as PlainCard;
  return [
    `${cardNumber}  ${kind} of ${residentRecordCode}: ${standingText(standing)}`,
    `  issued ${issuedOn}, expires ${expiresOn}`,
    ...(lapsesAfter ? [`  lapses after ${lapsesAfter}`] : []),
    ...(movedTo ? [`  gone along to ${movedTo}`] : []),
    ...(standing.events ?? []).map((event) => `  ${event.on}  ${standingText(event)}, ${operatorText(event)}`),
  ].join('\n');
}

function standingText({ state, invalidBy }: Pick<CardView, 'state' | 'invalidBy'>): string {
  if (!invalidBy) return state;
  return state === 'INVALID' ? `INVALID by ${invalidBy}` : `${state}, invalid by ${invalidBy}`;
}

function operatorText({ operator }: CardView['events'][number]): string {
  return operator ? `done by ${operator}` : 'by itself';
}
