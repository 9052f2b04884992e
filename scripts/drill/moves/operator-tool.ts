import type { Clock } from '#core/domain/clock.js';
import { type Exchange, type Fresh, newNonce } from '#core/domain/exchange.js';
import { mandateBytes } from '#core/domain/mandate.js';
import type { OfficeId } from '#core/domain/office.js';
import { signCompact } from '#core/trust/compact-signature.js';
import { SPECIAL_MOVE_IN } from '#municipality/domain/moves/claim.js';
import type { OperatorCard } from '../signing-offices.js';

/** What an operator asks with. */
export interface OperatorTool {
  office: OfficeId;
  operator: OperatorCard;
  clock: Clock;
  fresh: Fresh;
}

/** A question at a counter, as an operator's tool sends it: the card has signed for it. */
export function exchangeOf({ office, operator: { operator, key, certificate }, clock, fresh }: OperatorTool): Exchange {
  const [at, exchange] = [clock.now(), fresh.newId()];
  const signature = signCompact(mandateBytes({ office, operator, purpose: SPECIAL_MOVE_IN, at, exchange }), key);
  return {
    ...{ id: exchange, nonce: newNonce(fresh), operator, purpose: SPECIAL_MOVE_IN },
    ...{ caller: { kind: 'operator', office, name: operator }, concerns: new Set() },
    mandate: { at: at.getTime(), exchange, signature, certificate },
  };
}
