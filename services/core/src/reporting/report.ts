import { z } from 'zod';
import type { Leaf } from '../audit/entry.js';
import type { Wording } from '../domain/wording.js';

export const REPORT_KINDS = ['PROVISIONS', 'COUNCIL', 'OPERATIONS'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** The network began on 5 August 2002. */
export const FISCAL_YEARS = { first: 2002, last: 2099 };

/** Which report, of the fiscal year that begins in this one. */
export const ReportRequest = z.strictObject({
  kind: z.enum(REPORT_KINDS),
  fiscalYear: z.number().int().min(FISCAL_YEARS.first).max(FISCAL_YEARS.last),
});
export type ReportRequest = z.infer<typeof ReportRequest>;

/** A word of this project's, a text out of the log, or a count. */
export type Cell = { wording: Wording } | { text: string } | { count: number };

/** Rows of as many cells as there are columns. */
export interface Table {
  columns: Wording[];
  /** How many of the first cells say what a row is about. */
  rowHeaders: number;
  rows: { cells: Cell[] }[];
}

/** What the figures can be held against. */
interface Fact {
  what: Wording;
  value: string;
}

/** What an office's log tells of a fiscal year, in counts: nothing of any person. */
export interface Report extends Table {
  kind: ReportKind;
  fiscalYear: number;
  title: Wording;
  facts: Fact[];
  /** The log that is counted, up to there: a signed note. */
  checkpoint: string;
  /** Of whoever signed it, DER. */
  certificate: Buffer;
}

/** Counts leaves, one by one, in the order of the log. */
export interface Count {
  /** @param month `2016-04`, one of the fiscal year's */
  note(leaf: Leaf, month: string): void;
  table(): Table;
}
