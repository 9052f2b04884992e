import type { Caller } from '#core/domain/caller.js';
import { type Fresh, newNonce } from '#core/domain/exchange.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { PROVISION } from '#core/domain/provision/inquiry.js';
import { Refusal } from '#core/domain/refusal.js';
import { type AskerAtLeast, ask } from '#core/peers/ask.js';
import type { Asked } from '#core/wire/procedure.js';
import type { CentreClock } from '../centre-clock.js';

const PATIENCE_MS = 10_000;

/** An agency on the line. */
export interface AskingAgency extends Omit<AskerAtLeast, 'as'>, Fresh {
  as: Caller;
  clock: CentreClock;
  operator: string;
  /** Where the centre does not answer at one address, the next is asked. */
  nextLine: () => void;
}

export type AskCentre = <Input, Output>(procedure: Asked<Input, Output>, request: Input) => Promise<Output>;

/**
 * @returns a function that asks the centre once, with a proof, and holds the answer against its receipt. It throws the
 * centre's refusal with its words, or OFFICE_UNAVAILABLE.
 */
export function askCentre(agency: AskingAgency): AskCentre {
  return async (procedure, request) => {
    try {
      return await askOnce(agency, procedure, request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.reason === 'OFFICE_UNAVAILABLE') agency.nextLine();
      const { now } = error.details;
      if (error.reason !== 'PROOF_STALE' || !now) throw error;
      agency.clock.set(now);
      return askOnce(agency, procedure, request);
    }
  };
}

function askOnce<Input, Output>(
  agency: AskingAgency,
  procedure: Asked<Input, Output>,
  request: Input,
): Promise<Output> {
  const { newId, operator } = agency;
  return ask(agency, procedure, {
    ...{ office: NATIONAL_CENTRE, request, concerns: [], reasons: [], withinMs: PATIENCE_MS, words: true },
    account: { id: newId(), nonce: newNonce(agency), operator, purpose: PROVISION },
  });
}
