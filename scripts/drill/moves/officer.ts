import type { Clock } from '#core/domain/clock.js';
import { type Exchange, type Fresh, newNonce } from '#core/domain/exchange.js';
import { mandateBytes } from '#core/domain/mandate.js';
import type { OfficeId } from '#core/domain/office.js';
import { type Reason, Refusal } from '#core/domain/refusal.js';
import { signCompact } from '#core/trust/compact-signature.js';
import { SPECIAL_MOVE_IN } from '#municipality/domain/moves/claim.js';
import type { Counter } from '#municipality/use-cases/counter.js';
import type { OperatorCard } from '../signing-offices.js';
import type { MovingCountry } from './moving-country.js';

/** What somebody at a counter is told. NOTHING: the office crashed, and nobody knows what was done. */
export type Told<Result> = { done: Result } | { refused: Reason } | 'NOTHING';

interface Tool {
  office: OfficeId;
  operator: OperatorCard;
  clock: Clock;
  fresh: Fresh;
}

/** A question at a counter, as an operator's tool sends it: the card has signed for it. */
export function exchangeOf({ office, operator: { operator, key, certificate }, clock, fresh }: Tool): Exchange {
  const [at, exchange] = [clock.now(), fresh.newId()];
  const signature = signCompact(mandateBytes({ office, operator, purpose: SPECIAL_MOVE_IN, at, exchange }), key);
  return {
    ...{ id: exchange, nonce: newNonce(fresh), operator, purpose: SPECIAL_MOVE_IN },
    ...{ caller: { kind: 'operator', office, name: operator }, concerns: new Set() },
    mandate: { at: at.getTime(), exchange, signature, certificate },
  };
}

/** Has an officer of a town do something at its counter. */
export async function atCounter<Result>(
  country: MovingCountry,
  town: OfficeId,
  tool: Omit<Tool, 'office' | 'clock'>,
  act: (counter: Counter, exchange: Exchange) => Promise<Result>,
): Promise<Told<Result>> {
  const exchange = exchangeOf({ ...tool, office: town, clock: country.clock(town) });
  const office = country.office(town);
  const life = office.running;
  if (!life) return { refused: 'OFFICE_UNAVAILABLE' };
  try {
    const done = await office.during(({ counter }) => {
      if (!counter) throw new RangeError(`${town} has no counter`);
      return act(counter, exchange);
    });
    return { done };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.reason };
    // What fails without a reason of the table is a fault, unless the office has ended meanwhile.
    if (office.running === life) throw error;
    return 'NOTHING';
  }
}
