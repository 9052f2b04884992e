import type { Caller } from '../domain/caller.js';
import type { Shown } from '../domain/exchange.js';
import { needsSignIn } from '../domain/operator-role.js';
import { type Refusal, refusalOf } from '../domain/refusal.js';
import type { Sessions } from './session.js';

/**
 * Why an operator who is let in by their card may not call a method yet: SIGN_IN_REQUIRED or ROLE_NOT_ALLOWED; undefined
 * where they may. Offices and agencies do not sign in.
 */
export function whyNotInSession(
  sessions: Sessions,
  method: string,
  caller: Caller,
  { card, session }: Shown,
): Refusal | undefined {
  if (caller.kind !== 'operator' || !needsSignIn(method)) return undefined;
  try {
    sessions.check(session, card, method);
    return undefined;
  } catch (error) {
    return refusalOf(error);
  }
}
