import type { Exchange } from '../domain/exchange.js';
import type { Citable } from '../domain/provision/check-citation.js';
import type { ProvisionAnswer } from '../domain/provision/inquiry.js';
import type { InquiryBeyond } from '../domain/provision/inquiry-schema.js';

/** Where an office has the network asked instead of the citizen. */
export interface ProvisionCounter {
  ask: (asked: InquiryBeyond, exchange: Exchange) => Promise<ProvisionAnswer>;
  /** What the office may cite today. */
  purposes: () => Citable[];
}
