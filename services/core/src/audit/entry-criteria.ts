import type { Leaf } from './entry.js';

/** What an auditor searches entries by; what is not stated does not matter. */
export interface EntryCriteria {
  /** ISO 8601: from this time on, and before that one. */
  since?: string | undefined;
  until?: string | undefined;
  /** Whole values of a leaf's keys. */
  whole: Record<string, string>;
}

export function meets(leaf: Leaf, { since, until, whole }: EntryCriteria): boolean {
  if (since !== undefined && leaf.at < since) return false;
  if (until !== undefined && leaf.at >= until) return false;
  return Object.entries(whole).every(([key, value]) => leaf[key as keyof Leaf] === value);
}
