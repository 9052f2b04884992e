import type { Reason } from '#core/domain/refusal.js';
import type { Visit } from './visit.js';

/** What was seen, and whether it is as it has to be. */
export interface Seen {
  passed: boolean;
  seen: string;
}

/** One thing that a network that runs can show of itself. */
export interface Check {
  what: string;
  see(visit: Visit): Promise<Seen>;
}

/** @param seen undefined where nothing was refused */
export function expectReason(expected: Reason, seen: Reason | undefined): Seen {
  return { passed: seen === expected, seen: seen ?? 'it was not refused' };
}
