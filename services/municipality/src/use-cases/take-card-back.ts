import type { Exchange } from '#core/domain/exchange.js';
import { destroyed, invalidated, returned } from '../domain/cards/card.js';
import type { CardView } from '../domain/cards/requests.js';
import { changeCard } from './change-card.js';
import type { Registrar } from './registrar.js';

/** Takes a card back (Order 30-23). @throws Refusal NOT_FOUND, CARD_STATE_CONTRADICTED */
export function returnCard(registrar: Registrar, cardNumber: string, exchange: Exchange): Promise<CardView> {
  exchange.purpose = 'CARD_RETURN';
  return changeCard(registrar, cardNumber, { what: 'RETURN', change: returned }, exchange);
}

/** Orders a card back: it is not good from now on. @throws Refusal NOT_FOUND, CARD_STATE_CONTRADICTED */
export function orderCardReturn(registrar: Registrar, cardNumber: string, exchange: Exchange): Promise<CardView> {
  exchange.purpose = 'CARD_RETURN_ORDER';
  const change = (card: Parameters<typeof invalidated>[0]) => invalidated(card, 'RETURN_ORDERED');
  return changeCard(registrar, cardNumber, { what: 'RETURN_ORDER', change }, exchange);
}

/** A card that was taken back has been destroyed. @throws Refusal NOT_FOUND, CARD_STATE_CONTRADICTED */
export function destroyCard(registrar: Registrar, cardNumber: string, exchange: Exchange): Promise<CardView> {
  exchange.purpose = 'CARD_DESTRUCTION';
  return changeCard(registrar, cardNumber, { what: 'DESTRUCTION', change: destroyed }, exchange);
}
