import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Later } from '#core/propagation/courier.js';
import type { ClaimCertificate } from '#municipality/peers/claim-certificate.js';
import type { TellOrigin } from '#municipality/peers/tell-origin.js';
import type { Random } from '../../seed/random.js';

const MINUTE = 60_000;
/** How long somebody waits at the counter. */
const PATIENCE_MS = 5_000;
const THREE_DAYS = 3 * 24 * 60 * MINUTE;

interface Surroundings {
  random: Random;
  later: Later;
  /** One message in so many comes again. */
  oneIn: number;
  /** What an operator's tool makes for a question: a name and a mandate of its own. */
  exchange: () => Exchange;
}

/**
 * Has what an office tells another come again, moments or days later. The line's own copies of a message are refused by
 * then, as their proof is stale; these are proved anew, so that nothing but the procedure itself stands against them.
 */
export class Echo {
  private readonly surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
  }

  /** Some claims come later only: whoever waits at the counter is told that there is no answer. */
  claims(claim: ClaimCertificate): ClaimCertificate {
    const { random, later, exchange: fresh } = this.surroundings;
    return (origin, stated, exchange) => {
      const comesAgain = this.again(() => claim(origin, stated, fresh()));
      if (!comesAgain || random.chance(0.5)) return claim(origin, stated, exchange);
      const { promise, reject } = Promise.withResolvers<never>();
      later(() => reject(new Refusal('OFFICE_UNAVAILABLE', { office: origin })), random.integer(PATIENCE_MS));
      return promise;
    };
  }

  tidings(tell: TellOrigin): TellOrigin {
    return {
      noticeMoveIn: (origin, notice) => {
        this.again(() => tell.noticeMoveIn(origin, notice));
        return tell.noticeMoveIn(origin, notice);
      },
      release: (origin, claimId, concerns) => {
        this.again(() => tell.release(origin, claimId, concerns));
        return tell.release(origin, claimId, concerns);
      },
    };
  }

  private again(tell: () => Promise<unknown>): boolean {
    const { random, later, oneIn } = this.surroundings;
    if (random.integer(oneIn) > 0) return false;
    const most = random.pick([1_000, 30 * MINUTE, THREE_DAYS]);
    later(() => void tell().catch(() => {}), random.integer(most));
    return true;
  }
}
