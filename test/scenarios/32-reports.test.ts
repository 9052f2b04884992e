import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCheckpoint } from '#core/audit/checkpoint.js';
import { type OfficeId, originOf } from '#core/domain/office.js';
import { textOf } from '#core/reporting/monthly-counts.js';
import type { Report, ReportKind } from '#core/reporting/report.js';
import { GetReport } from '#scripts/operator/procedures.js';
import { BUNKYO, SHINJUKU, TOKYO } from '../support/offices.js';
import { AUDITOR, NEXT_YEAR, refusalAt, reportAt, spendAYear } from '../support/reported-year.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Bunkyo’s log ── the fiscal year 2016, up to a signed checkpoint ──▶ provisions: what Shinjuku was given
 *                                                                  ──▶ council: copies, looks, refusals, by month
 *                                                                  ──▶ operations, for an external audit
 */

let network: TestNetwork;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [BUNKYO, SHINJUKU, TOKYO] });
  await spendAYear(network);
});
afterAll(() => network.remove());

const reportOf = (kind: ReportKind, office?: OfficeId, fiscalYear?: number) =>
  reportAt(network, kind, office, fiscalYear);

/** What is counted at all: under the English names of a row, its months, without the sum. */
function countedIn({ columns, rowHeaders, rows }: Report): Record<string, Record<string, number>> {
  const english = ({ cells }: Report['rows'][number]) =>
    cells.slice(1, rowHeaders).map((cell) => ('wording' in cell ? cell.wording.en : textOf(cell)));
  const monthly = (cells: Report['rows'][number]['cells']): Record<string, number> => {
    const counts = cells.slice(rowHeaders, -1).map((cell) => Number(textOf(cell)));
    const months = counts.map((count, i): [string, number] => [columns[rowHeaders + i]?.en ?? '', count]);
    return Object.fromEntries(months.filter(([, count]) => count !== 0));
  };
  const all = rows.map((row) => [english(row).filter(Boolean).join(' '), monthly(row.cells)] as const);
  return Object.fromEntries(all.filter(([, months]) => Object.keys(months).length > 0));
}

/** The rows of one section. */
function sectionOf(report: Report, section: string): Report {
  const isOf = ([cell]: Report['rows'][number]['cells']) => cell && 'wording' in cell && cell.wording.en === section;
  return { ...report, rows: report.rows.filter(({ cells }) => isOf(cells)) };
}

describe('The yearly publication of provisions', () => {
  it('has what Bunkyo gave to Shinjuku, by month, and not what it refused', async () => {
    const { rows } = await reportOf('PROVISIONS');
    const what = '広域交付のための住民票の写しに係る通知 / Copy data for a wide-area copy';
    const basis = '住民基本台帳法第12条の4第3項 / Basic Resident Registration Act, Article 12-4(3)';
    expect(rows.map(({ cells }) => cells.map(textOf))).toEqual([
      ['新宿区 (municipality/131041)', '2016-05', what, basis, '即時提供 / Immediate', '2'],
      ['新宿区 (municipality/131041)', '2016-06', what, basis, '即時提供 / Immediate', '1'],
    ]);
  });

  it('has at Shinjuku what Bunkyo was given there, and nothing at a level above', async () => {
    const { rows } = await reportOf('PROVISIONS', SHINJUKU);
    expect(rows.map(({ cells }) => cells.map(textOf)).map((row) => [row[0], row[1], row[5]])).toEqual([
      ['文京区 (municipality/131059)', '2016-06', '1'],
    ]);
    expect((await reportOf('PROVISIONS', TOKYO)).rows).toEqual([]);
  });
});

describe('The report to the council', () => {
  it('counts exactly what was done in Bunkyo in each month of the year', async () => {
    expect(countedIn(await reportOf('COUNCIL'))).toEqual({
      'Copies issued at home': { '2016-05': 3, '2016-06': 1 },
      'Wide-area copies issued for residents of elsewhere': { '2016-06': 1 },
      'Copy data given to other municipalities': { '2016-05': 2, '2016-06': 1 },
      'Look-ups of a resident record': { '2016-05': 2, '2017-03': 1 },
      'Move-out notifications': { '2016-06': 1 },
      'An item was asked for that is never in a wide-area copy': { '2016-05': 1 },
      'No resident record answers to what was stated': { '2016-05': 1 },
      'The home municipality does not answer': { '2016-06': 1 },
      'Sign-ins that failed': { '2016-05': 1 },
      'Alarms raised': { '2017-03': 1 },
      'Alarms closed': { '2017-03': 1 },
      'Operators who worked': { '2016-05': 2, '2016-06': 1, '2017-03': 2 },
    });
  });

  it('has the look of the first second of April in the next year', async () => {
    const counted = countedIn(await reportOf('COUNCIL', BUNKYO, 2017));
    expect(counted['Look-ups of a resident record']).toEqual({ '2017-04': 1 });
    expect(counted['Alarms raised']).toEqual({ '2017-04': 1 });
    expect(counted['Copies issued at home']).toBeUndefined();
  });

  it('is for municipalities alone', async () => {
    expect(await refusalAt(network, AUDITOR, { kind: 'COUNCIL', office: TOKYO })).toEqual({
      ...{ reason: 'INVALID_REQUEST', field: 'kind', fault: 'is for municipalities alone' },
    });
  });
});

describe('The statistics for an external audit', () => {
  it('count each procedure by its outcome, as the log has it', async () => {
    const procedures = countedIn(sectionOf(await reportOf('OPERATIONS'), 'Procedures'));
    const asked = Object.fromEntries(Object.entries(procedures).filter(([name]) => !name.includes('.directory.')));
    const [counter, alarms] = ['/juki.issuance.v1.IssuanceCounterService/', '/juki.audit.v1.AlarmService/'];
    const [home, elsewhere] = ['Copies issued at home', 'Wide-area copies issued for residents of elsewhere'];
    const given = `Copy data given to other municipalities /juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData`;
    const signIn = 'Sign-ins /juki.operator.v1.SignInService/SignIn';
    expect(asked).toEqual({
      [`${home} ${counter}IssueCopy OK`]: { '2016-05': 2, '2016-06': 1 },
      [`${home} ${counter}IssueCopy ITEM_NOT_ALLOWED`]: { '2016-05': 1 },
      [`${home} POST /copies OK`]: { '2016-05': 1 },
      [`${elsewhere} ${counter}IssueWideAreaCopy OK`]: { '2016-06': 1 },
      [`${elsewhere} ${counter}IssueWideAreaCopy HOME_UNAVAILABLE`]: { '2016-06': 1 },
      [`${given} OK`]: { '2016-05': 2, '2016-06': 1 },
      [`${given} NOT_FOUND`]: { '2016-05': 1 },
      'Look-ups of a resident record /juki.register.v1.RegisterService/GetResidentRecord OK': {
        ...{ '2016-05': 2, '2017-03': 1 },
      },
      'Move-out notifications /juki.register.v1.NotificationService/AcceptMoveOut OK': { '2016-06': 1 },
      [`${signIn} OK`]: { '2016-05': 1 },
      [`${signIn} SIGN_IN_FAILED`]: { '2016-05': 1 },
      [`Looks at the alarms ${alarms}ListAlarms OK`]: { '2017-03': 1 },
      [`Alarms closed ${alarms}CloseAlarm OK`]: { '2017-03': 1 },
    });
  });

  it('count what was asked of Shinjuku, and which question stayed without an answer', async () => {
    const report = await reportOf('OPERATIONS');
    const ofShinjuku = (section: string) => countedIn(sectionOf(report, section))[`${SHINJUKU} ${SHINJUKU}`];
    expect(ofShinjuku('Asked of other offices')).toEqual({ '2016-06': 2 });
    expect(ofShinjuku('Answered by other offices')).toEqual({ '2016-06': 1 });
    expect(ofShinjuku('Without an answer')).toEqual({ '2016-06': 1 });
  });

  it('count operators by their cards, and alarms by their pattern', async () => {
    const report = await reportOf('OPERATIONS');
    expect(countedIn(sectionOf(report, 'Operators'))).toEqual({
      // Four copies, one of them refused, a look and two sign-ins in May; three copies and a notification in June.
      'operator-1 operator-1': { '2016-05': 7, '2016-06': 4, '2017-03': 1 },
      'operator-2 operator-2': { '2016-05': 1, '2017-03': 2 },
    });
    expect(countedIn(sectionOf(report, 'Alarms'))).toEqual({
      'A look at odd hours alarm/ODD_HOURS': { '2017-03': 1 },
    });
  });

  it('count every entry of the year once', async () => {
    const report = await reportOf('OPERATIONS');
    const entries = await network.node(BUNKYO).audit.entries();
    const [from, until] = [Date.parse('2016-04-01T00:00+09:00'), Date.parse(NEXT_YEAR)];
    const ofYear = entries.filter(({ at }) => from <= Date.parse(at) && Date.parse(at) < until);
    const sums = sectionOf(report, 'Entries').rows.map(({ cells }) => Number(textOf(cells.at(-1) ?? { text: '' })));
    expect(sums.reduce((sum, count) => sum + count, 0)).toBe(ofYear.length);
    const facts = new Map(report.facts.map(({ what, value }) => [what.en, value]));
    expect(facts.get('Entries counted')).toBe(String(ofYear.length));
    expect([facts.get('Position of the first'), facts.get('Position of the last')]).toEqual([
      ...['0', String(ofYear.length - 1)],
    ]);
  });
});

describe.each<ReportKind>(['PROVISIONS', 'COUNCIL', 'OPERATIONS'])('The checkpoint of the report %s', (kind) => {
  it('is signed by Bunkyo, and is of the log that was counted', async () => {
    const { checkpoint: note, certificate } = await reportOf(kind);
    const { statements, audit } = network.node(BUNKYO);
    const text = statements.textSignedBy(BUNKYO, originOf(BUNKYO), { note, certificate: Buffer.from(certificate) });
    const checkpoint = readCheckpoint(text ?? '');
    expect(checkpoint?.root).toEqual(await audit.root(checkpoint?.size ?? -1));
    // The entry of this very question came after.
    expect((await audit.entries(checkpoint?.size)).map(({ procedure }) => procedure)).toEqual([GetReport.path]);
  });
});
