import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely, Transaction } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Occurrence } from '#core/audit/entry.js';
import { recordChanges } from '#core/propagation/record-changes.js';
import { changesOf } from '#core/storage/changes.js';
import { writeAlone } from '#core/storage/dialect.js';
import { findIdentificationInformation } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import { queueStanding } from '#core/storage/outbox.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { aChange } from '../support/changes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { TOKYO } from '../support/offices.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

function recorded(exchange: string, nth = 1): Occurrence {
  return {
    ...{ event: 'RECORDED', procedure: 'register/MOVE_IN', exchange, caller: 'juki://municipality/131059' },
    ...{ operator: 'operator-1', answering: 'municipality/131059', purpose: 'MOVE_IN', outcome: 'OK' },
    ...{ request: null, answer: null, nonce: NONCE, concerns: [aCode(nth)] },
  };
}

describeOnEveryDatabase('An entry in the log that a transaction appends', (fresh) => {
  let ledger: Kysely<CoreTables>;
  let log: AuditLog;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
    log = new AuditLog(ledger, clock);
  });
  afterEach(() => ledger.destroy());

  const clock = new SetClock(FRIDAY_MORNING);
  const enter = async (trx: Transaction<CoreTables>, nth: number) => {
    await writeAlone(trx);
    await recordChanges(trx, [aChange({}, { residentRecordCode: aCode(nth) })], { clock, parent: TOKYO });
  };
  /** Enters the nth person and appends an entry of it, in one transaction. */
  const act = (nth: number, after: () => void = () => {}) =>
    ledger.transaction().execute(async (trx) => {
      await enter(trx, nth);
      await log.appendWith(trx, recorded(`act-${nth}`, nth));
      after();
    });
  const fail = () => {
    throw new Error('something else failed');
  };
  const exchanges = async () => (await log.entries()).map(({ exchange }) => exchange);
  const isEntered = async (nth: number) => (await findIdentificationInformation(ledger, aCode(nth))) !== undefined;
  /** How much there is of the nth person, beside the log: history, identity ledger, and what waits for the level above. */
  const traces = async (nth: number) => ({
    history: (await changesOf(ledger, aCode(nth))).length,
    isEntered: await isEntered(nth),
    waiting: (await queueStanding(ledger, 'CHANGE')).depth,
  });
  const ALL = { history: 1, isEntered: true, waiting: 1 };
  const NONE = { history: 0, isEntered: false, waiting: 0 };
  const subjects = () => ledger.selectFrom('audit_subject').selectAll().orderBy('position').execute();

  it('is there with what the transaction wrote, and names whom it is about', async () => {
    await act(1);
    expect(await log.entries()).toMatchObject([{ event: 'RECORDED', exchange: 'act-1', purpose: 'MOVE_IN' }]);
    expect(await subjects()).toMatchObject([{ position: 0, ordinal: 0, resident_record_code: aCode(1) }]);
    expect(await traces(1)).toEqual(ALL);
  });

  it('is not there where something after it fails, nor whom it is about, nor history, ledger and queue', async () => {
    await expect(act(1, fail)).rejects.toThrow('something else failed');
    expect([await exchanges(), await subjects(), await traces(1)]).toEqual([[], [], NONE]);
  });

  it('takes with it whatever the transaction wrote, where it can not be written itself', async () => {
    const unwritable = { ...recorded('act-1'), nonce: null as unknown as string };
    const failing = ledger.transaction().execute(async (trx) => {
      await enter(trx, 1);
      await log.appendWith(trx, { ...unwritable, purpose: '' });
    });
    await expect(failing).rejects.toThrow();
    expect([await exchanges(), await traces(1)]).toEqual([[], NONE]);
  });

  it('leaves its position to the next one where it is rolled back', async () => {
    await act(1);
    await expect(act(2, fail)).rejects.toThrow();
    await log.append(recorded('answer'));
    await act(3);
    const rows = await ledger.selectFrom('audit_entry').select(['position', 'exchange']).orderBy('position').execute();
    expect(rows.map(({ position, exchange }) => `${position} ${exchange}`)).toEqual(['0 act-1', '1 answer', '2 act-3']);
  });

  it('can be one of several in one transaction, in their order', async () => {
    await ledger.transaction().execute(async (trx) => {
      for (const nth of [1, 2, 3]) await log.appendWith(trx, recorded(`act-${nth}`, nth));
    });
    expect(await exchanges()).toEqual(['act-1', 'act-2', 'act-3']);
    expect((await subjects()).map(({ position }) => Number(position))).toEqual([0, 1, 2]);
  });

  it('has a position of its own among hundreds at the same time, of which some are rolled back: none is missing', async () => {
    const nths = Array.from({ length: 120 }, (_, i) => i + 1);
    const isKept = (nth: number) => nth % 5 !== 0;
    const acts = nths.map((nth) => act(nth, isKept(nth) ? () => {} : fail).catch(() => 'rolled back'));
    const answers = nths.flatMap((nth) => [1, 2].map((i) => log.append(recorded(`answer-${nth}-${i}`, nth))));
    await Promise.all([...acts, ...answers]);
    const rows = await ledger.selectFrom('audit_entry').select('position').orderBy('position').execute();
    expect(rows.map(({ position }) => Number(position))).toEqual(Array.from({ length: 96 + 240 }, (_, i) => i));
    const written = new Set(await exchanges());
    expect(written.size).toBe(96 + 240);
    expect(nths.filter((nth) => written.has(`act-${nth}`))).toEqual(nths.filter(isKept));
    expect(await Promise.all(nths.map(isEntered))).toEqual(nths.map(isKept));
    expect((await queueStanding(ledger, 'CHANGE')).depth).toBe(96);
    expect((await subjects()).map(({ position }) => Number(position))).toEqual(rows.map((_, i) => i));
  }, 60_000);

  it('is numbered without a gap by two logs over one ledger', async () => {
    const other = new AuditLog(ledger, clock);
    const nths = Array.from({ length: 30 }, (_, i) => i + 1);
    await Promise.all(nths.flatMap((nth) => [act(nth), log.append(recorded('a')), other.append(recorded('b'))]));
    const rows = await ledger.selectFrom('audit_entry').select('position').orderBy('position').execute();
    expect(rows.map(({ position }) => Number(position))).toEqual(Array.from({ length: 90 }, (_, i) => i));
  });
});
