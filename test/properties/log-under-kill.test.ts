import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Asked } from '#scripts/drill/audit/asker.js';
import { drillAudit } from '#scripts/drill/audit/drill-audit.js';
import { holdAnswers, holdLog, type LogViolation } from '#scripts/drill/audit/hold-log.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';

/*
 *     Bunkyo   Shinjuku        ask without a pause
 *          ▼   ▼
 *          Tokyo               is killed, and started again over its ledger
 */
const KILLS = Number(process.env['JUKI_KILLS'] ?? 3);

describe('An office that is killed while it answers', () => {
  it('has an entry for every answer that arrived, and a log that has only grown (LOG).', async () => {
    const drilled = await drillAudit({ kills: KILLS, seed: 1 }, () => {});
    expect(drilled).toMatchObject({ kills: KILLS, violations: [] });
    expect(drilled.answers).toBeGreaterThanOrEqual(KILLS);
    expect(drilled.cutOff).toBeGreaterThan(0);
    expect(drilled.refusals).toBeLessThan(drilled.answers / 2);
    expect(drilled.entries).toBeGreaterThanOrEqual(drilled.answers + drilled.loggedAndCutOff);
  }, 300_000);
});

const [CALLER, PROCEDURE] = ['juki://municipality/131059', '/juki.propagation.v1.PropagationService/DeliverChanges'];
const NONCE = '00112233445566778899aabbccddeeff';
const ANSWER = Buffer.from('answer');

describe('The rules that a log is held to', () => {
  let folder: string;
  let ledger: Kysely<CoreTables>;
  let log: AuditLog;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juki-drill-test-'));
    ledger = await openLedger(`sqlite:${join(folder, 'ledger.sqlite')}`);
    log = new AuditLog(ledger, new SetClock('2016-05-27T10:00:00+09:00'));
    for (const nth of [1, 2, 3, 4, 5]) await append(nth);
  });
  afterEach(async () => {
    await ledger.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  async function append(nth: number): Promise<void> {
    const own = {
      procedure: PROCEDURE,
      exchange: `exchange-${nth}`,
      caller: CALLER,
      operator: 'courier',
      nonce: NONCE,
    };
    const said = { ...own, answering: 'prefecture/130001', purpose: 'CHANGE_DELIVERY', outcome: 'OK' as const };
    const concerns = [aCode(1), aCode(nth + 1)];
    await log.append({
      ...said,
      event: 'RECORDED',
      procedure: 'ledger/CHANGES',
      request: null,
      answer: null,
      concerns,
    });
    await log.append({ ...said, event: 'ANSWERED', request: Buffer.from('question'), answer: ANSWER, concerns });
  }

  const answered = (nth: number, differing: Partial<Asked> = {}): Asked => ({
    ...{ exchange: `exchange-${nth}`, nonce: NONCE, caller: CALLER, procedure: PROCEDURE },
    ...{ arrived: { outcome: 'OK', bytes: ANSWER }, ...differing },
  });
  const rules = (violations: LogViolation[]) => [...new Set(violations.map(({ rule }) => rule))];
  /** What is found after somebody has tampered with the ledger, by somebody who saw its first eight entries. */
  async function foundAfter(tamper: ReturnType<typeof sql>): Promise<string[]> {
    const seen = { size: 8, root: await log.root(8) };
    await tamper.execute(ledger);
    return rules((await holdLog(ledger, [seen])).violations);
  }

  it('hold of a log that has only grown, and of answers that are in it.', async () => {
    expect(await foundAfter(sql`select 1`)).toEqual([]);
    const { leaves } = await holdLog(ledger, []);
    expect(holdAnswers(leaves, [answered(1), answered(5), answered(9, { arrived: null })])).toEqual([]);
  });

  it('find an answer without an entry, or whose entry is of another answer, outcome or act.', async () => {
    const { leaves } = await holdLog(ledger, []);
    const found = (asked: Asked, of = leaves) => rules(holdAnswers(of, [asked]));
    expect(found(answered(9))).toEqual(['ANSWER_WITHOUT_ENTRY']);
    expect(found(answered(1, { caller: 'juki://municipality/131041' }))).toEqual(['ANSWER_WITHOUT_ENTRY']);
    const otherwise = [
      answered(1, { arrived: { outcome: 'OK', bytes: Buffer.from('another') } }),
      answered(1, { arrived: { outcome: 'INTERNAL', bytes: ANSWER } }),
      answered(1, { procedure: '/another' }),
    ];
    for (const asked of otherwise) expect(found(asked)).toEqual(['ANSWER_LOGGED_OTHERWISE']);
    expect(found(answered(1), [...leaves, leaves[1] ?? ''])).toEqual(['ANSWER_LOGGED_OTHERWISE']);
    expect(found(answered(1), leaves.slice(1))).toEqual(['ACT_WITHOUT_ENTRY']);
  });

  it.each([
    ['a missing entry', sql`delete from audit_entry where position = 4`, ['POSITIONS', 'TREE_BROKEN']],
    ['a missing end', sql`delete from audit_entry where position > 6`, ['TREE_BROKEN', 'CHECKPOINT_CONTRADICTED']],
    [
      'an altered leaf',
      sql`update audit_entry set leaf = replace(leaf, 'OK', 'NO') where position = 4`,
      ['TREE_BROKEN'],
    ],
    ['a missing tile', sql`delete from audit_tile`, ['TREE_BROKEN', 'CHECKPOINT_CONTRADICTED']],
    ['a person’s missing naming', sql`delete from audit_subject where number = 2`, ['PEOPLE_MISNUMBERED']],
    [
      'a person who is another',
      sql`update audit_subject set number = number + 1 where number = 5`,
      ['PEOPLE_MISNUMBERED'],
    ],
  ])('find %s.', async (_what, tamper, expected) => {
    expect(await foundAfter(tamper)).toEqual(expect.arrayContaining(expected));
  });
});
