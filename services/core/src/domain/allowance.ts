import { type Caller, callerUri } from './caller.js';
import type { Clock } from './clock.js';
import { RateLimit } from './rate-limit.js';

/** So many calls at once, and so many a minute from then on. */
interface Allowance {
  burst: number;
  perMinute: number;
}

/** Whose calls an office counts, each by themselves, over gRPC and HTTP together. */
export interface AllowanceTable {
  /** Another office: a piece of its queue holds up to 1,000 changes, and its counters may all be busy. */
  office: Allowance;
  agency: Allowance;
  /** An operator's tool, of this office or another. Somebody serves a few people a minute, a list takes some calls. */
  operator: Allowance;
  /** One operator of another office, with questions about people; no counter serves one more than every second. */
  askingOperator: Allowance;
  /** A remote address from which somebody calls whose certificate names nobody, or who has none. */
  stranger: Allowance;
}

const allowances: AllowanceTable = {
  office: { burst: 6_000, perMinute: 6_000 },
  agency: { burst: 600, perMinute: 1_200 },
  operator: { burst: 240, perMinute: 240 },
  askingOperator: { burst: 60, perMinute: 60 },
  stranger: { burst: 20, perMinute: 10 },
};

const ENDLESS: Allowance = { burst: 1e9, perMinute: 60_000 };

/** Where it is measured or tried out what an office does, not how much of it. */
export const withoutLimits: AllowanceTable = {
  ...{ office: ENDLESS, agency: ENDLESS, operator: ENDLESS, askingOperator: ENDLESS, stranger: ENDLESS },
};

/** Of other offices' procedures, those that show somebody. */
const ABOUT_PEOPLE = [
  '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData',
  '/juki.transfer.v1.MoveOutCertificateService/ClaimMoveOutCertificate',
  '/juki.provision.v1.GovernorProvisionService/ProvideToMayor',
  '/juki.provision.v1.GovernorProvisionService/ProvideToGovernor',
];

/** A call, before anything of it but its caller is read. */
export interface Knock {
  /** Undefined where the certificate names nobody. */
  caller: Caller | undefined;
  /** The remote address, without a port. */
  address: string;
  method?: string;
  /** Who at the asking office asks, as that office says. */
  operator?: string | undefined;
}

/** What callers may still ask of one office. */
export class Allowances {
  private readonly limits: Record<keyof AllowanceTable, RateLimit>;

  constructor(clock: Clock, table: AllowanceTable = allowances) {
    const limit = ({ burst, perMinute }: Allowance) => new RateLimit(clock, burst, perMinute);
    const { office, agency, operator, askingOperator, stranger } = table;
    this.limits = {
      ...{ office: limit(office), agency: limit(agency), operator: limit(operator) },
      ...{ askingOperator: limit(askingOperator), stranger: limit(stranger) },
    };
  }

  /**
   * Takes a call out of its caller's allowance. One that is refused takes nothing: who knocks on is let in as often as
   * who waits.
   *
   * @returns how many seconds to wait, where the allowance is used up
   */
  take(knock: Knock): number | undefined {
    const due = this.due(knock);
    const waits = due.filter(([limit, key]) => limit.isExhausted(key));
    if (waits.length > 0) return Math.max(...waits.map(([limit, key]) => limit.secondsUntilNext(key)));
    for (const [limit, key] of due) limit.take(key);
    return undefined;
  }

  private due({ caller, address, method = '', operator = '' }: Knock): [RateLimit, string][] {
    if (!caller) return [[this.limits.stranger, address]];
    const uri = callerUri(caller);
    const own: [RateLimit, string] = [this.limits[caller.kind], uri];
    if (caller.kind !== 'office' || !ABOUT_PEOPLE.includes(method)) return [own];
    return [own, [this.limits.askingOperator, `${uri} ${operator}`]];
  }
}
