import { type Exchange, type Fresh, newNonce } from '#core/domain/exchange.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import { type Asker, ask } from '#core/peers/ask.js';
import type { Decisions } from '#core/rpc/standing-service.js';
import type { StandingServiceDefinition } from '#core/wire/generated/juki/directory/v1/StandingService.js';
import { procedures } from '#core/wire/procedure.js';

const PATIENCE_MS = 3_000;

const { CutOff, Rejoin } = procedures<StandingServiceDefinition>('juki.directory.v1.StandingService');

/** A prefecture decides about its own municipalities; the centre writes it into the directory. */
export function askCentreToDecide(prefecture: Asker & Fresh): Decisions {
  const question = ({ operator, caller }: Exchange) => {
    // What the prefecture's operators ask for; the centre asks itself.
    if (caller.kind !== 'operator') throw new Refusal('ACCESS_DENIED');
    return {
      ...{ office: NATIONAL_CENTRE, concerns: [], withinMs: PATIENCE_MS },
      reasons: ['NOT_FOUND' as const],
      account: { id: prefecture.newId(), nonce: newNonce(prefecture), operator, purpose: 'EMERGENCY_RESPONSE' },
    };
  };
  return {
    async cutOff(office, cause, exchange) {
      const request = { office, cause: `CAUSE_${cause}` as const };
      return (await ask(prefecture, CutOff, { ...question(exchange), request })).number;
    },
    async rejoin(office, exchange) {
      return (await ask(prefecture, Rejoin, { ...question(exchange), request: { office } })).number;
    },
  };
}
