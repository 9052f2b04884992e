import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Agency } from '#agency/use-cases/agency-over.js';
import type { AnsweredPiece } from '#agency/use-cases/provide-batch.js';
import { accessLines } from '#core/access/access-lines.js';
import { checkReport } from '#core/access/access-report.js';
import type { Inquiry, PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { pieceDigest } from '#core/domain/provision/piece.js';
import { residentRecordCodeOf } from '#core/domain/resident-record-code.js';
import type { BatchApprovalServiceDefinition } from '#core/wire/generated/juki/provision/v1/BatchApprovalService.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { verifyExports } from '#scripts/audit/verify-exports.js';
import { exportLog } from '#scripts/audit/write-export.js';
import { AskForProvision, GetAccessReport, SearchEntries } from '#scripts/operator/procedures.js';
import { agencyOf } from '../support/agencies.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, KANAGAWA, NATIONAL, TOKYO, YOKOHAMA } from '../support/offices.js';
import { Town } from '../support/people.js';
import { AUDITOR, reportAt } from '../support/reported-year.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   pension service ⇒ national centre      about one person at once, about fifty in a batch that an officer approved
 *                          its log ─▶ the person's report in Bunkyo    the yearly publication    an export, verified
 */

const { ApproveBatch } = procedures<BatchApprovalServiceDefinition>('juki.provision.v1.BatchApprovalService');
const PENSIONS: Inquiry = {
  statutoryPurpose: 'TABLE_1_ITEM_77',
  occasion: 'STATUS_REPORT',
  fields: ['NAME', 'ADDRESS'],
};
const EVERYBODY = [NATIONAL, TOKYO, BUNKYO, KANAGAWA, YOKOHAMA];
const NOBODY = residentRecordCodeOf('0000000001') ?? '';

let net: TestNetwork;
let pension: Agency;
let residents: ResidentRecord[];
beforeAll(async () => {
  net = await startTestNetwork({ offices: EVERYBODY });
  pension = agencyOf(net, 'japan-pension-service');
  residents = new Town(net.people, BUNKYO).residents;
});
afterAll(async () => {
  pension.close();
  await net.remove();
});

const resident = (nth: number) => residents[nth] as ResidentRecord;
const byCode = ({ residentRecordCode }: ResidentRecord): PersonAskedFor => ({ residentRecordCode });
const named = (record: ResidentRecord): PersonAskedFor => ({ ...byCode(record), known: { name: record.name } });

/** A batch of one piece, asked for, approved by an officer, and answered. */
async function batchOf(people: PersonAskedFor[], inquiry = PENSIONS): Promise<AnsweredPiece[]> {
  const batchId = randomUUID();
  const pieces = [pieceDigest(people)];
  await pension.requestBatch({ batchId, inquiry, kind: 'IDENTIFICATION', since: null, people: people.length, pieces });
  await new Desk(net, NATIONAL).ask(ApproveBatch, { batchId });
  const answered = [];
  for await (const piece of pension.provideBatch(batchId, async function* () {
    yield people;
  }))
    answered.push(piece);
  return answered;
}

/** The report of a resident, read with nothing but the document. */
async function reportOf({ residentRecordCode }: ResidentRecord, home = BUNKYO) {
  const desk = new Desk(net, home);
  const { document, text } = await desk.ask(GetAccessReport, { residentRecordCode, purpose: '本人からの開示請求' });
  const { statements } = net.node(TOKYO);
  const { told, missing } = checkReport(document, (...signed) => statements.textSignedBy(...signed));
  const lines = accessLines(told).filter(({ what }) => what?.kind === 'PROVISION');
  return { lines, missing, text, document };
}

describe('A resident whom an agency asked about', () => {
  it('reads when, how, why, by which entry of the tables, from whom, to whom, and which fields', async () => {
    await pension.provide(PENSIONS, byCode(resident(0)));
    await batchOf([named(resident(0)), byCode(resident(1))]);
    const { lines, missing, text } = await reportOf(resident(0));
    expect(missing).toEqual([]);
    const recipient = { kind: 'agency', name: 'japan-pension-service' };
    const cited = { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT', recipient };
    expect(
      lines.map(({ provision }) => provision).toSorted((a, b) => (a?.method ?? '').localeCompare(b?.method ?? '')),
    ).toEqual([
      { ...cited, method: 'BATCH', given: 'ADDRESS' },
      { ...cited, method: 'IMMEDIATE', given: 'NAME ADDRESS' },
    ]);
    for (const line of lines) expect(line).toMatchObject({ answering: NATIONAL, outcome: 'OK', loggedBy: [NATIONAL] });
    const parts = [
      ...['平成28年5月27日 10:00　本人確認情報の即時提供', '平成28年5月27日 10:00　本人確認情報の一括提供'],
      ...['区分　　即時提供', '区分　　一括提供', '事由　　現況の確認', '別表第一 77の項（国民年金法）'],
      ...['提供先　日本年金機構 (agency/japan-pension-service)　desk-1'],
      ...['提供　　氏名、住所 (name, address)', '提供　　住所 (address)'],
    ];
    expect(parts.filter((part) => !text.includes(part))).toEqual([]);
  });

  it('reads once of a batch that has them twice, with all that it gave', async () => {
    const one = resident(2);
    await batchOf([{ ...byCode(one), known: { address: one.address } }, named(one)]);
    const { lines } = await reportOf(one);
    expect(lines.map(({ provision }) => provision?.given)).toEqual(['NAME ADDRESS']);
  });

  it('reads that nothing was otherwise than the agency had it, and nothing of who was asked for beside', async () => {
    const some = residents.slice(3, 53);
    await batchOf([...some.map(named), { residentRecordCode: NOBODY }], { ...PENSIONS, fields: ['NAME'] });
    const { lines, document, text } = await reportOf(resident(52));
    expect(lines.map(({ provision }) => provision?.given)).toEqual(['NO_CHANGE']);
    const others = some.slice(0, -1).flatMap(({ name, residentRecordCode }) => [name, residentRecordCode]);
    expect(others.filter((secret) => document.includes(secret) || text.includes(secret))).toEqual([]);
    expect(document.length).toBeLessThan(30_000);
  });

  it('reads nothing where the question was refused: nobody was looked for', async () => {
    const refused = pension.provide({ ...PENSIONS, statutoryPurpose: 'TABLE_1_ITEM_41' }, byCode(resident(60)));
    await expect(refused).rejects.toMatchObject({ reason: 'PURPOSE_NOT_ALLOWED' });
    expect((await reportOf(resident(60))).lines).toEqual([]);
  });
});

describe('A resident of Yokohama about whom the mayor of Bunkyo had the governors asked', () => {
  it('reads that Kanagawa gave it to the mayor, and Tokyo, which only handed it on, counts nothing', async () => {
    const somebody = new Town(net.people, YOKOHAMA).residents[0] as ResidentRecord;
    const inquiry = { ...PENSIONS, statutoryPurpose: 'TABLE_4_ITEM_3', occasion: 'APPLICATION' };
    const request = messageOf<object>(AskForProvision.question, {
      inquiry,
      person: byCode(somebody),
      prefecture: '140007',
    });
    await new Desk(net, BUNKYO).ask<object, object>(AskForProvision, request);
    const { lines, missing, text } = await reportOf(somebody, YOKOHAMA);
    expect(missing).toEqual([]);
    const provision = {
      method: 'IMMEDIATE',
      statutoryPurpose: 'TABLE_4_ITEM_3',
      occasion: 'APPLICATION',
      given: 'NAME ADDRESS',
    };
    expect(lines.map((line) => [line.answering, line.loggedBy, line.provision])).toEqual([
      [KANAGAWA, [KANAGAWA], { ...provision, recipient: { kind: 'office', office: BUNKYO } }],
    ]);
    for (const part of ['提供元　神奈川県', '提供先　文京区 (municipality/131059)', '別表第四 3の項'])
      expect(text).toContain(part);
    const { rows } = await reportAt(net, 'PROVISIONS', KANAGAWA);
    expect(rows.map(({ cells }) => [cells[0], cells[5]])).toEqual([
      [{ text: '文京区 (municipality/131059)' }, { count: 1 }],
    ]);
    expect((await reportAt(net, 'PROVISIONS', TOKYO)).rows).toEqual([]);
  });
});

describe('What the centre accounts for', () => {
  it('is by recipient, entry, method and month in the yearly publication: each person who was found', async () => {
    const report = async () => {
      const { rows, facts } = await reportAt(net, 'PROVISIONS', NATIONAL);
      const cells = rows.map((row) =>
        row.cells.map((cell) => ('count' in cell ? cell.count : 'text' in cell ? cell.text : cell.wording.en)),
      );
      return { cells, open: facts.find(({ what }) => what.en === 'Open to inspection until')?.value };
    };
    const countOf = (cells: (string | number)[][], method: string) =>
      Number(cells.find((row) => row[4] === method)?.[5] ?? 0);
    const before = await report();
    await pension.provide(PENSIONS, byCode(resident(70)));
    await pension.provide(PENSIONS, { residentRecordCode: NOBODY });
    await batchOf([...residents.slice(40, 70).map(byCode), { residentRecordCode: NOBODY }]);
    const { cells, open } = await report();
    expect(countOf(cells, 'Immediate') - countOf(before.cells, 'Immediate')).toBe(1);
    expect(countOf(cells, 'Batch') - countOf(before.cells, 'Batch')).toBe(30);
    expect(cells.map((row) => row.slice(0, 4))).toEqual(
      [1, 2].map(() => [
        ...['日本年金機構 (agency/japan-pension-service)', '2016-05', 'Identification information'],
        'Basic Resident Registration Act, Article 30-7(3), appended table 1, item 77',
      ]),
    );
    expect(open).toContain('2022-03-31');
  });

  it('is found by an auditor by the entry of the tables', async () => {
    await pension.provide({ ...PENSIONS, statutoryPurpose: 'TABLE_1_ITEM_74' }, byCode(resident(80)));
    const auditor = new Desk(net, NATIONAL, AUDITOR);
    const { entries } = await auditor.ask(SearchEntries, { purpose: '監査', statutoryPurpose: 'TABLE_1_ITEM_74' });
    expect(entries.map(({ leaf }) => JSON.parse(leaf).provision)).toEqual([
      { statutoryPurpose: 'TABLE_1_ITEM_74', occasion: 'STATUS_REPORT', given: [['NAME ADDRESS', 1]] },
    ]);
  });

  it('verifies with the logs of all offices, with the proofs of the agency', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'juki-exports-'));
    try {
      await pension.provide(PENSIONS, byCode(resident(85)));
      for (const office of EVERYBODY)
        await exportLog(Object.assign(new Desk(net, office, AUDITOR), { office }), folder);
      expect(verifyExports(folder, join(net.certs, 'ca'))).toMatchObject({ sound: true });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
