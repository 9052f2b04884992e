import type { Exchange } from '#core/domain/exchange.js';
import type { Later } from '#core/propagation/courier.js';
import type { ClaimCertificate } from '#municipality/peers/claim-certificate.js';
import type { TellOrigin } from '#municipality/peers/tell-origin.js';
import type { Random } from '../../seed/random.js';

const MINUTE = 60_000;
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

  claims(claim: ClaimCertificate): ClaimCertificate {
    return (origin, stated, exchange) => {
      this.again(() => claim(origin, stated, this.surroundings.exchange()));
      return claim(origin, stated, exchange);
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

  private again(tell: () => Promise<unknown>): void {
    const { random, later, oneIn } = this.surroundings;
    if (random.integer(oneIn) > 0) return;
    const most = random.pick([1_000, 30 * MINUTE, THREE_DAYS]);
    later(() => void tell().catch(() => {}), random.integer(most));
  }
}
