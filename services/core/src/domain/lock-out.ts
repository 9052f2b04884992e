/** How often in a row somebody failed to sign in, and since when they are locked out for it. */
export interface Tries {
  failures: number;
  lockedAt: Date | null;
}

export const NO_TRIES: Tries = { failures: 0, lockedAt: null };

/** As many as a card takes of wrong PINs. */
const MOST_FAILURES = 3;
const LOCKED_MS = 15 * 60_000;

/** For a quarter of an hour, unless another officer unlocks them before. */
export function isLockedOut({ lockedAt }: Tries, now: Date): boolean {
  return lockedAt !== null && now.getTime() < lockedAt.getTime() + LOCKED_MS;
}

/**
 * With one try more, as if it failed: it is written down before the password is compared. Tries while locked out do not
 * make that longer, or whoever holds the card could keep its owner out for ever.
 */
export function withTry(before: Tries, now: Date): Tries {
  if (isLockedOut(before, now)) return before;
  const failures = (before.lockedAt === null ? before.failures : 0) + 1;
  return { failures, lockedAt: failures < MOST_FAILURES ? null : now };
}
