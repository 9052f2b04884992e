import type { Exchange } from '#core/domain/exchange.js';
import { PROVISION } from '#core/domain/provision/inquiry.js';
import { Refusal } from '#core/domain/refusal.js';
import { checkPurposeIs } from '#core/rpc/asking-office.js';

/** @returns the agency that asks, by its certificate's name. @throws Refusal ACCESS_DENIED, INVALID_REQUEST */
export function askingAgency(exchange: Pick<Exchange, 'caller' | 'purpose'>): string {
  const { caller } = exchange;
  if (caller.kind !== 'agency') throw new Refusal('ACCESS_DENIED');
  checkPurposeIs(PROVISION, exchange);
  return caller.name;
}
