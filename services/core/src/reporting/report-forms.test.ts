import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { recordsIn } from '../../../../test/support/csv.js';
import type { Cell, Report } from './report.js';
import { reportCsv } from './report-csv.js';
import { PAGE_POLICY, reportPage } from './report-page.js';

function aReport(rows: Cell[][]): Report {
  return {
    ...{ kind: 'PROVISIONS', fiscalYear: 2016, title: { ja: '公表', en: 'Publication' }, rowHeaders: 1 },
    columns: [
      { ja: '提供先', en: 'Recipient' },
      { ja: '方法', en: 'Method' },
      { ja: '件数', en: 'Count' },
    ],
    rows: rows.map((cells) => ({ cells })),
    facts: [{ what: { ja: '機関', en: 'Office' }, value: '文京区' }],
    ...{ checkpoint: 'juki-net/national\n3\nAAAA\n\n— juki-net/national BBBB\n', certificate: Buffer.from('der') },
  };
}

const row = (text: string, count = 7): Cell[] => [{ text }, { wording: { ja: '即時', en: 'Immediate' } }, { count }];

describe('A report as CSV', () => {
  it('begins with the mark of UTF-8, ends lines as RFC 4180 has it, and parses back', () => {
    const csv = reportCsv(aReport([row('新宿区'), row('a "quoted", cell\nof two lines')]));
    expect(Buffer.from(csv).subarray(0, 3).toString('hex')).toBe('efbbbf');
    expect(recordsIn(csv.slice(1))).toEqual([
      ['提供先 / Recipient', '方法 / Method', '件数 / Count'],
      ['新宿区', '即時 / Immediate', '7'],
      ['a "quoted", cell\nof two lines', '即時 / Immediate', '7'],
      ['機関 / Office', '文京区', ''],
      ['署名された検証値 / Signed checkpoint', 'juki-net/national\n3\nAAAA\n\n— juki-net/national BBBB\n', ''],
    ]);
  });

  it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('takes the formula out of %j', (text) => {
    expect(recordsIn(reportCsv(aReport([row(text)])).slice(1))[1]?.[0]).toBe(`'${text}`);
  });

  it('has what formula signs within a text are, as it is', () => {
    expect(recordsIn(reportCsv(aReport([row('a=b+c')])).slice(1))[1]?.[0]).toBe('a=b+c');
  });
});

describe('A report as a page', () => {
  it('is Japanese, with a caption and heads that say what they are over', () => {
    const page = reportPage(aReport([row('新宿区')]));
    expect(page).toMatch(/^<!doctype html>\n<html lang="ja">/);
    expect(page).toContain('<caption>公表<span lang="en">Publication</span></caption>');
    expect(page.match(/<th scope="col">/g)).toHaveLength(3);
    expect(page).toContain('<th scope="row">新宿区</th>');
    expect(page).toContain('<td class="count">7</td>');
    expect(page).toContain('juki-net/national\n3\nAAAA');
  });

  it('says so where there is nothing', () => {
    expect(reportPage(aReport([]))).toContain('<td colspan="3">該当なし');
  });

  it('escapes whatever it shows', () => {
    const page = reportPage(aReport([row(`<script>alert("1" & '2')</script>`)]));
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;');
    expect(page).not.toContain('<script');
  });

  it('may use nothing but the style that is in it', () => {
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(reportPage(aReport([]))) ?? [];
    expect(style).toContain('@media print');
    const hash = createHash('sha256').update(style).digest('base64');
    expect(PAGE_POLICY.split('; ')).toEqual([
      ...["default-src 'none'", `style-src 'sha256-${hash}'`, "base-uri 'none'", "form-action 'none'"],
      "frame-ancestors 'none'",
    ]);
  });
});
