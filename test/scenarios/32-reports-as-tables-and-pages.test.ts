import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { originOf } from '#core/domain/office.js';
import { textOf } from '#core/reporting/monthly-counts.js';
import type { ReportKind } from '#core/reporting/report.js';
import { OPERATOR } from '#scripts/certificates/demo-operators.js';
import { recordsIn } from '../support/csv.js';
import { personalDataIn } from '../support/log-lines.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { https } from '../support/raw-line.js';
import { AUDITOR, CLERK, refusalAt, reportAt, SECURITY_OFFICER, spendAYear } from '../support/reported-year.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   auditor, supervisor ── GET /reports/council?year=2016 ──▶ Bunkyo: a page, or a table for a spreadsheet
 *   anybody else        ── the same ──▶ Bunkyo: ROLE_NOT_ALLOWED
 */
let network: TestNetwork;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [BUNKYO, SHINJUKU] });
  await spendAYear(network);
});
afterAll(() => network.remove());

const reportOf = (kind: ReportKind) => reportAt(network, kind);

describe.each(['provisions', 'council', 'operations'])('GET /reports/%s', (kind) => {
  const get = (query: string, operator = AUDITOR, office = BUNKYO) =>
    https(network.node(office).httpPort, operatorOf(network, office, operator), { path: `/reports/${kind}${query}` });

  it('is a table that parses back to the figures of the report', async () => {
    const reply = await get('?year=2016&format=csv');
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(reply.headers['content-disposition']).toBe(`attachment; filename="${kind}-2016.csv"`);
    expect(reply.text.startsWith('\ufeff')).toBe(true);
    const { columns, rows } = await reportOf(kind.toUpperCase() as ReportKind);
    const [head, ...records] = recordsIn(reply.text.slice(1));
    expect(head).toHaveLength(columns.length);
    expect(records.slice(0, rows.length)).toEqual(rows.map(({ cells }) => cells.map(textOf)));
    expect(records.at(-1)?.[1]).toMatch(new RegExp(`^${originOf(BUNKYO)}\n[0-9]+\n`));
  });

  it('is a page with the same figures, and nothing of a person', async () => {
    const reply = await get('?year=2016');
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(reply.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
    const { rows } = await reportOf(kind.toUpperCase() as ReportKind);
    const shown = [...reply.text.matchAll(/<td class="count">([0-9]+)<\/td>/g)].map(([, count]) => Number(count));
    expect(shown).toEqual(rows.flatMap(({ cells }) => cells.flatMap((cell) => ('count' in cell ? [cell.count] : []))));
    expect(shown.length).toBeGreaterThan(0);
    const csv = await get('?year=2016&format=csv');
    expect(personalDataIn([JSON.stringify([reply.text, csv.text])], network.people)).toEqual([]);
  });

  it('is for supervisors too, and leaves an entry', async () => {
    const { reply, entries } = await network.watch(() => get('?year=2016', OPERATOR));
    expect(reply.status).toBe(200);
    expect(entries(BUNKYO)).toMatchObject([
      { event: 'ANSWERED', procedure: 'GET /reports/:kind', purpose: 'REPORT', outcome: 'OK', operator: OPERATOR },
    ]);
  });

  it.each([CLERK, SECURITY_OFFICER])('is not for %s', async (operator) => {
    expect((await get('?year=2016', operator)).reason).toBe('ROLE_NOT_ALLOWED');
  });

  it.each([
    '',
    '?year=',
    '?year=2001',
    '?year=2100',
    '?year=2016.5',
    '?year=H28',
    '?year=2016&format=pdf',
    '?year=2016&x=1',
  ])('refuses the question “%s”', async (query) => expect((await get(query)).reason).toBe('INVALID_REQUEST'));
});

describe('A report over gRPC', () => {
  it.each([CLERK, SECURITY_OFFICER])('is not for %s', async (operator) => {
    expect((await refusalAt(network, operator, { kind: 'PROVISIONS' })).reason).toBe('ROLE_NOT_ALLOWED');
  });

  it('is refused without a kind, and for a year that the network has not', async () => {
    expect(await refusalAt(network, AUDITOR, {})).toMatchObject({ reason: 'INVALID_REQUEST', field: 'kind' });
    const tooEarly = await refusalAt(network, AUDITOR, { kind: 'COUNCIL', fiscalYear: 1999 });
    expect(tooEarly).toMatchObject({ reason: 'INVALID_REQUEST', field: 'fiscal_year' });
  });

  it('is there for no kind that nobody knows', async () => {
    const reply = await https(network.node(BUNKYO).httpPort, operatorOf(network, BUNKYO, AUDITOR), {
      path: '/reports/residents?year=2016',
    });
    expect(reply.reason).toBe('INVALID_REQUEST');
  });
});
