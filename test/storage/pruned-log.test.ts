import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Occurrence } from '#core/audit/entry.js';
import { LogKey } from '#core/audit/log-key.js';
import { leafHash, provesConsistency, provesInclusion } from '#core/audit/merkle-tree.js';
import { pruneLog } from '#core/audit/prune-log.js';
import { regularPruning } from '#core/audit/regular-pruning.js';
import type { SignedStatement } from '#core/domain/proof.js';
import { createLogger } from '#core/logger.js';
import { readLogSecret } from '#core/storage/audit-entries.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO } from '../support/offices.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';

/** In Tokyo it is the next day already. */
const WRITTEN = '2016-05-26T20:00:00Z';
const [LAST_DAY_KEPT, FIRST_DAY_NOT_KEPT] = ['2023-05-27T23:59:59+09:00', '2023-05-28T00:00:00+09:00'];
const [SOMEBODY, SOMEBODY_ELSE] = [aCode(1), aCode(2)];

function answered(exchange: string, concerns: string[] = [], certificate?: string): Occurrence {
  const proof: SignedStatement | undefined =
    certificate === undefined
      ? undefined
      : { at: 0, signature: Buffer.alloc(64), certificate: Buffer.from(certificate) };
  return {
    ...{
      event: 'ANSWERED',
      procedure: 'a/procedure',
      exchange,
      caller: 'juki://municipality/131041',
      operator: 'a-clerk',
    },
    ...{ answering: BUNKYO, purpose: 'A_TEST', outcome: 'OK', nonce: NONCE, concerns, evidence: { proof } },
    ...{ request: Buffer.from('question'), answer: Buffer.from('answer') },
  };
}

describeOnEveryDatabase('A log whose beginning is older than seven years', (fresh) => {
  let url: string;
  let ledger: Kysely<CoreTables>;
  let clock: SetClock;
  let log: AuditLog;

  beforeEach(async () => {
    url = await fresh();
    ledger = await openLedger(url);
    clock = new SetClock(WRITTEN);
    log = new AuditLog(ledger, clock);
  });
  afterEach(() => ledger.destroy());

  const means = () => ({ office: BUNKYO, ledger, audit: log, clock, newId: () => randomUUID(), randomBytes });
  const prune = (isOver?: () => boolean) => pruneLog(means(), isOver);
  const appendMany = (from: number, to: number, codeOf: (nth: number) => string[] = () => []) =>
    Promise.all(Array.from({ length: to - from }, (_, i) => log.append(answered(`e-${from + i}`, codeOf(from + i)))));
  const positions = async () => {
    const rows = await ledger.selectFrom('audit_entry').select('position').orderBy('position').execute();
    return rows.map(({ position }) => Number(position));
  };
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const namings = async () => {
    const rows = await ledger.selectFrom('audit_subject').selectAll().orderBy('position').execute();
    return rows.map(({ position, resident_record_code: code, number }) => [Number(position), code, Number(number)]);
  };
  const procedures = async () => (await log.entries()).map(({ procedure }) => procedure);
  const certificates = async () => {
    const rows = await ledger.selectFrom('signing_certificate').select('der').execute();
    return rows.map(({ der }) => Buffer.from(der, 'base64').toString()).sort();
  };
  const head = async (size: number) => ({ size, root: await log.root(size) });
  /** Ten entries of seven years ago, ten of a year later. */
  const twenty = async () => {
    await appendMany(0, 10);
    clock.set('2017-05-26T20:00:00Z');
    await appendMany(10, 20);
  };

  it('is kept in full on the last day of the seventh year', async () => {
    await twenty();
    clock.set(LAST_DAY_KEPT);
    expect(await prune()).toBe(0);
    expect(await positions()).toEqual(range(0, 20));
    expect(new Set(await procedures())).toEqual(new Set(['a/procedure']));
  });

  it('loses them on the day after, and says up to where', async () => {
    await twenty();
    clock.set(FIRST_DAY_NOT_KEPT);
    expect(await prune()).toBe(10);
    expect(await positions()).toEqual(range(10, 21));
    const [said] = await log.entries(20);
    expect(said).toMatchObject({ event: 'RECORDED', procedure: 'audit/PRUNED/10', purpose: 'RETENTION', subjects: [] });
    expect(await log.size()).toBe(21);
  });

  it('is not pruned twice', async () => {
    await twenty();
    clock.set(FIRST_DAY_NOT_KEPT);
    await prune();
    expect(await prune()).toBe(0);
    expect(await positions()).toEqual(range(10, 21));
  });

  it('keeps what is younger, and what stands behind that though it is older', async () => {
    await appendMany(0, 3);
    clock.set('2017-05-26T20:00:00Z');
    await appendMany(3, 4);
    clock.set(WRITTEN);
    await appendMany(4, 6);
    clock.set(FIRST_DAY_NOT_KEPT);
    expect(await prune()).toBe(3);
    expect(await positions()).toEqual(range(3, 7));
  });

  it.each([1, 499, 500, 501])('keeps the newest of %s entries, however old all of them are', async (size) => {
    await appendMany(0, size);
    clock.set('2040-01-01T00:00:00Z');
    expect(await prune()).toBe(size - 1);
    expect(await positions()).toEqual(size === 1 ? [0] : [size - 1, size]);
  });

  it('has nothing to lose while it is empty', async () => {
    expect(await prune()).toBe(0);
    expect(await positions()).toEqual([]);
  });

  it('still proves that each entry that remains is in it, and begins with what was signed before', async () => {
    await appendMany(0, 300);
    const early = await Promise.all([1, 100, 255, 256, 300].map(head));
    clock.set('2017-05-26T20:00:00Z');
    await appendMany(300, 560);
    const before = await head(560);
    const proofs = await Promise.all(range(300, 560).map((position) => log.proveInclusion(position, 560)));
    clock.set(FIRST_DAY_NOT_KEPT);
    expect(await prune()).toBe(300);
    expect(await head(560)).toEqual(before);
    const now = await head(await log.size());
    const rows = await ledger.selectFrom('audit_entry').select(['position', 'leaf']).orderBy('position').execute();
    expect(rows).toHaveLength(261);
    for (const { position, leaf } of rows) {
      const index = Number(position);
      expect(provesInclusion(leafHash(leaf), { index, ...now }, await log.proveInclusion(index, now.size))).toBe(true);
      if (index < 560) expect(await log.proveInclusion(index, 560)).toEqual(proofs[index - 300]);
    }
    for (const seen of [...early, before])
      expect(provesConsistency(seen, now, await log.proveConsistency(seen.size, now.size))).toBe(true);
  }, 60_000);

  it('goes on to number those of whom some entries remain, and those of whom none does', async () => {
    await appendMany(0, 5, (nth) => (nth < 3 ? [SOMEBODY, SOMEBODY_ELSE] : [SOMEBODY]));
    clock.set('2017-05-26T20:00:00Z');
    await log.append(answered('younger', [SOMEBODY]));
    clock.set(FIRST_DAY_NOT_KEPT);
    await prune();
    expect(await namings()).toEqual([[5, SOMEBODY, 6]]);
    await log.append(answered('now', [SOMEBODY, SOMEBODY_ELSE, aCode(3)]));
    expect((await namings()).slice(1)).toEqual([
      [7, SOMEBODY, 7],
      [7, SOMEBODY_ELSE, 4],
      [7, aCode(3), 1],
    ]);
    clock.set('2040-01-01T00:00:00Z');
    await log.append(answered('much later'));
    await prune();
    expect(await namings()).toEqual([]);
    await log.append(answered('again', [SOMEBODY, SOMEBODY_ELSE, aCode(3)]));
    expect((await namings()).map(([, , number]) => number)).toEqual([8, 5, 2]);
  });

  it('keeps of those of whom no entry remains a number, under a mark that stands in no leaf', async () => {
    await log.append(answered('once', [SOMEBODY]));
    await log.append(answered('twice', [SOMEBODY]));
    const leaves = JSON.stringify(await log.entries());
    clock.set('2017-05-26T20:00:00Z');
    await log.append(answered('younger', [SOMEBODY_ELSE]));
    clock.set(FIRST_DAY_NOT_KEPT);
    await prune();
    const kept = await ledger.selectFrom('audit_last_number').selectAll().execute();
    const mark = new LogKey(await readLogSecret(ledger)).tag(SOMEBODY, 0);
    expect(kept.map((row) => ({ ...row, number: Number(row.number) }))).toEqual([{ mark, number: 2 }]);
    expect(leaves).not.toContain(mark);
  });

  it('keeps the keys of those of whom some entry remains, and of nobody else', async () => {
    const known = async () => {
      const rows = await ledger.selectFrom('audit_person_key').select('resident_record_code as code').execute();
      return rows.map(({ code }) => code).sort();
    };
    await log.append(answered('both', [SOMEBODY, SOMEBODY_ELSE]));
    clock.set('2017-05-26T20:00:00Z');
    await log.append(answered('younger', [SOMEBODY, aCode(3)]));
    expect(await known()).toEqual([SOMEBODY, SOMEBODY_ELSE, aCode(3)].sort());
    clock.set(FIRST_DAY_NOT_KEPT);
    await prune();
    expect(await known()).toEqual([SOMEBODY, aCode(3)].sort());
    log = new AuditLog(ledger, clock);
    await log.append(answered('again', [SOMEBODY_ELSE]));
    expect(await known()).toEqual([SOMEBODY, SOMEBODY_ELSE, aCode(3)].sort());
    expect((await log.check(0)).misfit).toBeUndefined();
    expect((await namings()).at(-1)).toEqual([3, SOMEBODY_ELSE, 2]);
  });

  it('keeps the certificates that remaining entries need, those of before that are still in use among them', async () => {
    await log.append(answered('1', [], 'old'));
    await log.append(answered('2', [], 'both'));
    clock.set('2017-05-26T20:00:00Z');
    await log.append(answered('3', [], 'both'));
    await log.append(answered('4', [], 'young'));
    clock.set(FIRST_DAY_NOT_KEPT);
    expect(await certificates()).toEqual(['both', 'old', 'young']);
    expect(await prune()).toBe(2);
    expect(await certificates()).toEqual(['both', 'young']);
  });

  it('has no gap and no number twice where entries are appended meanwhile', async () => {
    await appendMany(0, 900, (nth) => [aCode((nth % 20) + 1)]);
    clock.set(FIRST_DAY_NOT_KEPT);
    const pruning = prune();
    const appending = appendMany(900, 1_100, (nth) => [aCode((nth % 25) + 1)]);
    const [gone] = await Promise.all([pruning, appending]);
    const left = await positions();
    expect(gone).toBeGreaterThanOrEqual(899);
    expect(left).toEqual(range(gone, 1_101));
    const last = new Map<unknown, number>();
    for (const [, code, number] of await namings()) {
      const before = last.get(code);
      if (before !== undefined) expect(number).toBe(before + 1);
      last.set(code, Number(number));
    }
    expect([...last.values()].reduce((sum, number) => sum + number, 0)).toBe(1_100);
  }, 60_000);

  it('is whole where pruning was cut off after any of its transactions, and goes on the next time', async () => {
    await appendMany(0, 500, (nth) => [aCode((nth % 5) + 1)]);
    clock.set('2017-05-26T20:00:00Z');
    await appendMany(500, 510);
    const before = await head(510);
    clock.set(FIRST_DAY_NOT_KEPT);
    const gone = [];
    for (const most of [0, 1, 1, 1, 1]) {
      let turns = 0;
      gone.push(await prune(() => turns++ >= most));
      await ledger.destroy();
      ledger = await openLedger(url);
      log = new AuditLog(ledger, clock);
      expect(await positions()).toEqual(
        range(
          gone.reduce((sum, some) => sum + some),
          511,
        ),
      );
      expect(await head(510)).toEqual(before);
    }
    expect(gone).toEqual([0, 200, 200, 100, 0]);
    expect((await procedures()).filter((procedure) => procedure.startsWith('audit/'))).toEqual(['audit/PRUNED/500']);
    await log.append(answered('now', [SOMEBODY]));
    expect((await namings()).map(([, , number]) => number)).toEqual([101]);
  }, 60_000);
});

describeOnEveryDatabase('An office that prunes its log by itself', (fresh) => {
  it('does when it starts, and again a day later, until it is stopped; and tells how many', async () => {
    const ledger = await openLedger(await fresh());
    const clock = new SetClock(WRITTEN);
    const audit = new AuditLog(ledger, clock);
    await audit.append(answered('1'));
    await audit.append(answered('2'));
    const waits: { act: () => void; ms: number }[] = [];
    const told: string[] = [];
    const pruning = regularPruning({
      ...{ office: BUNKYO, ledger, audit, clock, newId: () => randomUUID(), randomBytes },
      logger: createLogger(BUNKYO, 'info', { write: (line: string) => void told.push(line) }),
      later: (act, ms) => {
        waits.push({ act, ms });
        return () => void waits.splice(0);
      },
    });
    pruning.start();
    await pruning.settled();
    expect([await audit.size(), told, waits.map(({ ms }) => ms)]).toEqual([2, [], [86_400_000]]);
    clock.set(FIRST_DAY_NOT_KEPT);
    for (const { act } of waits.splice(0)) act();
    await pruning.settled();
    expect(await audit.entries()).toMatchObject([{ exchange: '2' }, { procedure: 'audit/PRUNED/1' }]);
    expect(told.map((line) => JSON.parse(line).entries)).toEqual([1]);
    await pruning.stop();
    expect(waits).toEqual([]);
    await ledger.destroy();
  });
});
