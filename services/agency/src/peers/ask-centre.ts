import type { Caller } from '#core/domain/caller.js';
import { type Fresh, newNonce } from '#core/domain/exchange.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { PROVISION } from '#core/domain/provision/inquiry.js';
import { Refusal } from '#core/domain/refusal.js';
import { type AskerAtLeast, ask } from '#core/peers/ask.js';
import type { Carry } from '#core/peers/carry.js';
import type { Asked } from '#core/wire/procedure.js';
import type { CentreClock } from '../centre-clock.js';

const PATIENCE_MS = 10_000;

/** An agency on the line. */
export interface AskingAgency extends Omit<AskerAtLeast, 'as'>, Fresh {
  as: Caller;
  clock: CentreClock;
  operator: string;
  /** Which of the centre's addresses is asked. */
  line: () => number;
  /** Where the centre does not answer at one address, the next is asked: once, however many questions went there. */
  leaveLine: (line: number) => void;
}

/** @param carry where it is not a call of its own */
export type AskCentre = <Input, Output>(
  procedure: Asked<Input, Output>,
  request: Input,
  carry?: Carry,
) => Promise<Output>;

/**
 * @returns a function that asks the centre once, with a proof, and holds the answer against its receipt. It throws the
 * centre's refusal with its words, or OFFICE_UNAVAILABLE.
 */
export function askCentre(agency: AskingAgency): AskCentre {
  return async (procedure, request, carry) => {
    const line = agency.line();
    try {
      return await askOnce(agency, procedure, request, carry);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.reason === 'OFFICE_UNAVAILABLE') agency.leaveLine(line);
      const { now } = error.details;
      if (error.reason !== 'PROOF_STALE' || !now) throw error;
      agency.clock.set(now);
      return askOnce(agency, procedure, request, carry);
    }
  };
}

function askOnce<Input, Output>(
  agency: AskingAgency,
  procedure: Asked<Input, Output>,
  request: Input,
  carry: Carry | undefined,
): Promise<Output> {
  const { newId, operator } = agency;
  return ask(agency, procedure, {
    ...{ office: NATIONAL_CENTRE, request, concerns: [], reasons: [], withinMs: PATIENCE_MS, words: true },
    ...(carry && { carry }),
    account: { id: newId(), nonce: newNonce(agency), operator, purpose: PROVISION },
  });
}
