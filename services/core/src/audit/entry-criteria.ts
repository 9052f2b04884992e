import type { Leaf } from './entry.js';

/** What an auditor searches entries by; what is not stated does not matter. */
export interface EntryCriteria {
  /** ISO 8601: from this time on, and before that one. */
  since?: string | undefined;
  until?: string | undefined;
  /** Whole values of a leaf's keys, and of its provision's. */
  whole: Record<string, string>;
}

export function meets({ provision, ...leaf }: Leaf, { since, until, whole }: EntryCriteria): boolean {
  if (since !== undefined && leaf.at < since) return false;
  if (until !== undefined && leaf.at >= until) return false;
  const values: Record<string, unknown> = { ...provision, ...leaf };
  return Object.entries(whole).every(([key, value]) => values[key] === value);
}
