import { Refusal } from '#core/domain/refusal.js';

/** How something is tried again. */
export interface Trying {
  /** Calls something later. */
  later: (act: () => void, ms: number) => void;
  /** From 0 to 1. */
  random: () => number;
}

const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Tries again what the centre did not answer, or put off, a few times: after a pause that it names, or twice as long each
 * time, with jitter. Each try is a question of its own: where an answer was lost on its way, the centre's log has both.
 *
 * @throws Refusal of the last try, and every other refusal at once
 */
export async function keepTrying<T>(trying: Trying, act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      const pauseMs = pauseAfter(error, tries, trying.random());
      if (pauseMs === undefined || tries === MOST_TRIES) throw error;
      await new Promise<void>((resolve) => trying.later(resolve, pauseMs));
    }
  }
}

/** Undefined where another try would come to the same. */
export function pauseAfter(error: unknown, tries: number, random: number): number | undefined {
  if (!(error instanceof Refusal)) return undefined;
  const { reason, details } = error;
  if (reason === 'RATE_LIMITED') return (details.retryAfterSeconds ?? 1) * 1000;
  if (reason !== 'OFFICE_UNAVAILABLE') return undefined;
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)) * (0.5 + random / 2);
}
