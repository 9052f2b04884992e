import type { Leaf } from '../audit/entry.js';
import { isLockedOut, NO_TRIES, type Tries, withTry } from '../domain/lock-out.js';

/** Where a password is tried: these count alike. */
const TRIES = [
  '/juki.operator.v1.SignInService/SignIn',
  '/juki.operator.v1.SignInService/ChangePassword',
  'POST /sign-in',
];

/**
 * Which failed tries locked an operator out. The log has no entry of that, but every try, and the rule is the office's
 * own. Whom somebody unlocked is not in a leaf: of tries that fail within a quarter of an hour after that, none counts as
 * a lock-out of its own.
 */
export class LockOuts {
  private readonly tries = new Map<string, Tries>();

  isOneMore({ procedure, outcome, at }: Leaf, operator: string): boolean {
    if (!TRIES.includes(procedure)) return false;
    if (outcome === 'OK') this.tries.delete(operator);
    if (outcome !== 'SIGN_IN_FAILED') return false;
    const now = new Date(at);
    const before = this.tries.get(operator) ?? NO_TRIES;
    const after = withTry(before, now);
    this.tries.set(operator, after);
    return !isLockedOut(before, now) && isLockedOut(after, now);
  }
}
