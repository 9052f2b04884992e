import type { Clock } from '../domain/clock.js';
import type { Exchange } from '../domain/exchange.js';
import { MANDATE_MS, type Mandate, mandateBytes, mandateFor, officeBehind } from '../domain/mandate.js';
import { Refusal } from '../domain/refusal.js';
import type { Statements } from '../trust/statements.js';

interface Desk {
  clock: Clock;
  statements: Statements;
}

/**
 * Holds a question of another office, once it is proved, against the card of the operator on whose behalf it is asked:
 * the card signed for its office, operator and purpose, a moment ago. Where it signed for one exchange, that is the
 * question's own; which is answered once. The exchange says from then on whose operator that is.
 *
 * @throws Refusal MANDATE_NOT_VALID
 */
export async function checkMandate(desk: Desk, procedure: string, exchange: Exchange): Promise<void> {
  const { caller, mandate, id } = exchange;
  const serves = mandateFor(procedure);
  if (!serves || caller.kind !== 'office') return;
  if (!mandate) throw notValid('is missing');
  if (serves === 'ONE_EXCHANGE' && mandate.exchange !== id) throw notValid('is for another exchange');
  if (Math.abs(desk.clock.now().getTime() - mandate.at) > MANDATE_MS)
    throw notValid('is too old, or lies in the future');
  const office = officeBehind(procedure, caller.office, desk.statements.named(mandate.certificate));
  if (!(await isSignedByCard(desk, mandate, { ...exchange, office })))
    throw notValid("is not signed by the operator's card");
  exchange.mandatedBy = office;
}

async function isSignedByCard(
  { statements }: Desk,
  mandate: Mandate,
  { office, operator, purpose }: { office: string; operator: string; purpose: string },
): Promise<boolean> {
  const { at, exchange } = mandate;
  const bytes = mandateBytes({ office, operator, purpose, at: new Date(at), exchange });
  const signer = await statements.whoSigned(bytes, mandate);
  return signer?.kind === 'operator' && signer.office === office && signer.name === operator;
}

function notValid(fault: string): Refusal {
  return new Refusal('MANDATE_NOT_VALID', { fault });
}
