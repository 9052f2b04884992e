import { createHash } from 'node:crypto';
import type { Wording } from '../domain/wording.js';
import { escaped } from '../escaped.js';
import { textOf } from './monthly-counts.js';
import type { Cell, Report } from './report.js';

const STYLE = `
:root { font-family: "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif; line-height: 1.5; color: #111; }
body { margin: 1.5rem; }
table { border-collapse: collapse; font-size: 0.85rem; }
caption { text-align: start; font-weight: bold; padding-block: 0.5rem; }
th, td { border: 1px solid #767676; padding: 0.2rem 0.5rem; vertical-align: top; text-align: start; }
thead th { background: #eee; }
td.count { text-align: end; font-variant-numeric: tabular-nums; }
[lang="en"] { display: block; font-weight: normal; font-size: 0.85em; color: #444; }
.wide { overflow-x: auto; }
dt { font-weight: bold; }
dd { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { margin: 0; font-size: 9pt; }
  .wide { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing but the page's own style: no script, no image, no frame, no form, nothing from elsewhere. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** A whole HTML document, which stands alone and prints. */
export function reportPage(report: Report): string {
  const { title, fiscalYear, facts, checkpoint } = report;
  const year = { ja: `${title.ja} (${fiscalYear}年度)`, en: `${title.en}, fiscal year ${fiscalYear}` };
  const known = facts.map(({ what, value }) => `<dt>${wordingHtml(what)}</dt><dd>${escaped(value)}</dd>`);
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(year.ja)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${wordingHtml(year)}</h1>
<div class="wide" role="region" aria-label="${escaped(title.ja)}" tabindex="0">
${tableHtml(report)}
</div>
<h2>${wordingHtml({ ja: '集計の根拠', en: 'What was counted' })}</h2>
<dl>
${known.join('\n')}
</dl>
<h2>${wordingHtml({ ja: '署名された検証値', en: 'Signed checkpoint' })}</h2>
<pre>${escaped(checkpoint)}</pre>
</main>
</body>
</html>
`;
}

function tableHtml({ title, columns, rowHeaders, rows }: Report): string {
  const head = columns.map((column) => `<th scope="col">${wordingHtml(column)}</th>`);
  const body = rows.map(({ cells }) => `<tr>${cells.map((cell, i) => cellHtml(cell, i < rowHeaders)).join('')}</tr>`);
  const nothing = `<tr><td colspan="${columns.length}">${wordingHtml({ ja: '該当なし', en: 'None' })}</td></tr>`;
  return [
    ...['<table>', `<caption>${wordingHtml(title)}</caption>`, `<thead><tr>${head.join('')}</tr></thead>`, '<tbody>'],
    ...(body.length > 0 ? body : [nothing]),
    ...['</tbody>', '</table>'],
  ].join('\n');
}

function cellHtml(cell: Cell, isHeader: boolean): string {
  const inside = 'wording' in cell ? wordingHtml(cell.wording) : escaped(textOf(cell));
  if (isHeader) return `<th scope="row">${inside}</th>`;
  return 'count' in cell ? `<td class="count">${inside}</td>` : `<td>${inside}</td>`;
}

function wordingHtml({ ja, en }: Wording): string {
  return ja === en ? escaped(ja) : `${escaped(ja)}<span lang="en">${escaped(en)}</span>`;
}
