import type { Kysely } from 'kysely';
import { type Clock, today } from '#core/domain/clock.js';
import { type Citable, checkCitation, isCitableOn } from '#core/domain/provision/check-citation.js';
import type { Inquiry } from '#core/domain/provision/inquiry.js';
import { together } from '#core/domain/together.js';
import { type Agency, citableBy, registered } from '../domain/agency.js';
import { agenciesNamed } from '../storage/agencies.js';
import type { NationalTables } from '../storage/tables.js';

/** What the registry says of agencies at this moment: it is asked each time, so that a revocation holds at once in every process. */
export interface RegisteredAgencies {
  /** @throws Refusal AGENCY_NOT_REGISTERED, PURPOSE_NOT_ALLOWED, PURPOSE_NOT_IN_FORCE, FIELD_NOT_COVERED */
  check(agency: string, inquiry: Inquiry): Promise<void>;
  /** What an agency may cite today. @throws Refusal AGENCY_NOT_REGISTERED */
  citable(agency: string): Promise<Citable[]>;
}

export function registeredAgencies({
  ledger,
  clock,
}: {
  ledger: Kysely<NationalTables>;
  clock: Clock;
}): RegisteredAgencies {
  const find = together(async (names: string[]): Promise<(Agency | undefined)[]> => {
    const found = await agenciesNamed(ledger, [...new Set(names)]);
    return names.map((name) => found.get(name));
  });
  return {
    async check(name, inquiry) {
      checkCitation(citableBy(registered(await find(name))), inquiry, today(clock));
    },
    async citable(name) {
      const day = today(clock);
      return citableBy(registered(await find(name))).filter((one) => isCitableOn(one, day));
    },
  };
}
