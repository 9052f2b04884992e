import type { Clock } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { Inquiry, PersonAskedFor, ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { RateLimit } from '#core/domain/rate-limit.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ProvideIdentification } from '#core/provision/provide-identification.js';
import type { RegisteredAgencies } from './registered-agencies.js';

/** Whoever asks about more people who are nobody than these seems to be guessing. */
const MISSES = { burst: 200, perMinute: 60 };

interface Centre {
  clock: Clock;
  agencies: RegisteredAgencies;
  provide: ProvideIdentification;
  /** Tells the supervisors of an agency that seems to guess. */
  noteGuessing: (agency: string) => void;
}

interface Asked {
  inquiry: Inquiry;
  person: PersonAskedFor;
}

export type ProvideToAgency = (agency: string, asked: Asked, exchange: Exchange) => Promise<ProvisionAnswer>;

/**
 * Immediate provision to a national agency (Article 30-7(3), table 1).
 *
 * @throws Refusal as RegisteredAgencies.check, and RATE_LIMITED where too many were asked for who are nobody
 */
export function provideToAgency({ clock, agencies, provide, noteGuessing }: Centre): ProvideToAgency {
  const misses = new RateLimit(clock, MISSES.burst, MISSES.perMinute);
  return async (agency, { inquiry, person }, exchange) => {
    await agencies.check(agency, inquiry);
    if (misses.isExhausted(agency)) {
      noteGuessing(agency);
      throw new Refusal('RATE_LIMITED', { retryAfterSeconds: misses.secondsUntilNext(agency) });
    }
    const answer = await provide({ inquiry, person }, exchange);
    if (answer.outcome === 'NOT_FOUND') misses.take(agency);
    return answer;
  };
}
