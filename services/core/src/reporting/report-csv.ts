import { stringify } from 'csv-stringify/sync';
import { bothOf } from '../domain/wording.js';
import { textOf } from './monthly-counts.js';
import type { Report } from './report.js';

/** A spreadsheet takes a cell that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const CHECKPOINT = { ja: '署名された検証値', en: 'Signed checkpoint' };

/**
 * RFC 4180, with the mark by which spreadsheets in Japan know UTF-8. Below the table, in rows of as many cells, are the
 * facts about it and the checkpoint.
 */
export function reportCsv({ columns, rows, facts, checkpoint }: Report): string {
  const below = [...facts, { what: CHECKPOINT, value: checkpoint }].map(({ what, value }) => [bothOf(what), value]);
  const lines = [
    columns.map(bothOf),
    ...rows.map(({ cells }) => cells.map(textOf)),
    ...below.map((cells) => columns.map((_, i) => cells[i] ?? '')),
  ];
  const guarded = lines.map((cells) => cells.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell)));
  // By itself it quotes a line's end of the records' own kind alone.
  return stringify(guarded, { bom: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
}
