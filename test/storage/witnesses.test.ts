import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import { logsStanding } from '#core/audit/logs-standing.js';
import { ShownLog } from '#core/audit/show-log.js';
import { WitnessOfLogs } from '#core/audit/witness-logs.js';
import type { Head, Witnessed } from '#core/domain/head.js';
import { createLogger } from '#core/logger.js';
import { alarmEvidence, closeAlarm, openAlarms } from '#core/storage/alarms.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { logWitnesses, putLogWitness, witnessedLogOf, witnessedLogs } from '#core/storage/witnesses.js';
import { NONCE } from '../support/accounts.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO, TOKYO } from '../support/offices.js';
import { rewriteLog } from '../support/rewritten-log.js';
import { SetClock } from '../support/set-clock.js';
import { SigningNetwork } from '../support/signing-office.js';

const EXCHANGE = { id: 'exchange-1', nonce: NONCE };
const signing = new SigningNetwork();

/** An office as far as logs are seen. */
class Office {
  readonly ledger: Kysely<CoreTables>;
  readonly audit: AuditLog;
  readonly shownLog: ShownLog;
  readonly witness: WitnessOfLogs;
  readonly lines: string[] = [];

  constructor(office: string, ledger: Kysely<CoreTables>) {
    const clock = new SetClock(new Date());
    const logger = createLogger(office, 'trace', { write: (line) => void this.lines.push(line) });
    this.ledger = ledger;
    this.audit = new AuditLog(ledger, clock);
    const desk = { office, ledger, audit: this.audit, statements: signing.signs(office), clock, logger };
    this.shownLog = new ShownLog({ ...desk, newId: randomUUID });
    this.witness = new WitnessOfLogs({ ...desk, newId: randomUUID });
  }

  async log(times: number): Promise<void> {
    for (let i = 0; i < times; i += 1)
      await this.audit.append({
        ...{ event: 'RECORDED', procedure: 'register/MOVE_IN', exchange: randomUUID(), caller: `juki://${BUNKYO}` },
        ...{ nonce: randomBytes(16).toString('hex'), operator: 'counter-1', answering: BUNKYO, purpose: '転入' },
        ...{ outcome: 'OK', request: null, answer: null, concerns: [] },
      });
  }
}

describeOnEveryDatabase('What a prefecture keeps of a municipality’s log, and the municipality of that', (fresh) => {
  let bunkyo: Office;
  let tokyo: Office;

  beforeEach(async () => {
    bunkyo = new Office(BUNKYO, await openLedger(await fresh()));
    tokyo = new Office(TOKYO, await openLedger(await fresh()));
  });
  afterEach(async () => {
    await bunkyo.ledger.destroy();
    await tokyo.ledger.destroy();
  });

  async function see(head: Head): Promise<Witnessed> {
    const believed = await tokyo.witness.believe(BUNKYO, head);
    if (!believed) throw new Error('the head is not believed');
    return tokyo.ledger.transaction().execute((trx) => tokyo.witness.take(trx, believed, EXCHANGE));
  }

  /** Bunkyo shows its log, and heeds what Tokyo says. @returns from where it has to show it once more */
  async function show(fromSize?: number): Promise<number | undefined> {
    const head = await bunkyo.shownLog.headFor(TOKYO, fromSize);
    return bunkyo.shownLog.heed(TOKYO, await see(head), { head, exchange: EXCHANGE });
  }

  const sizes = async () => ({
    atTokyo: (await witnessedLogs(tokyo.ledger)).map(({ office, size }) => [office, size]),
    atBunkyo: (await logWitnesses(bunkyo.ledger)).map(({ witness, size }) => [witness, size]),
  });
  const both = (size: number) => ({ atTokyo: [[BUNKYO, size]], atBunkyo: [[TOKYO, size]] });

  it('is nothing at first, and then the newest head alone', async () => {
    expect(await sizes()).toEqual({ atTokyo: [], atBunkyo: [] });
    for (const size of [3, 6, 9]) {
      await bunkyo.log(3);
      expect(await show()).toBeUndefined();
      expect(await sizes()).toEqual(both(size));
    }
  });

  it('is an empty log, too, from which any other goes on', async () => {
    expect(await show()).toBeUndefined();
    expect(await sizes()).toEqual(both(0));
    await bunkyo.log(2);
    expect(await show()).toBeUndefined();
    expect(await sizes()).toEqual(both(2));
  });

  it('stays as it is where a head is shown from elsewhere; the municipality is told from where', async () => {
    await bunkyo.log(3);
    await show();
    await bunkyo.log(1);
    expect(await show(2)).toBe(3);
    expect(await sizes()).toEqual(both(3));
    expect(await show(3)).toBeUndefined();
    expect(await sizes()).toEqual(both(4));
  });

  it('is contradicted by a log that is cut, with alarm, evidence and log entry in one transaction, or nothing of it', async () => {
    await bunkyo.log(5);
    await show();
    await rewriteLog(bunkyo.ledger, { keep: 4 });
    await tokyo.ledger.schema.alterTable('alarm').renameTo('away').execute();
    await expect(show()).rejects.toThrow('alarm');
    await tokyo.ledger.schema.alterTable('away').renameTo('alarm').execute();
    expect((await witnessedLogOf(tokyo.ledger, BUNKYO))?.contradictedBy).toBeUndefined();
    expect(await tokyo.audit.size()).toBe(0);
    await show();
    for (const { ledger, audit } of [tokyo, bunkyo]) {
      const [alarm, ...more] = await openAlarms(ledger, 10);
      expect([alarm, more]).toMatchObject([{ pattern: 'LOG_CONTRADICTED', operator: BUNKYO, person: null }, []]);
      expect(JSON.parse((await alarmEvidence(ledger, alarm?.alarmId ?? '')) ?? '')).toMatchObject({ why: 'SHORTER' });
      expect((await audit.entries()).at(-1)).toMatchObject({
        procedure: 'alarm/LOG_CONTRADICTED',
        operator: 'witness',
      });
    }
    const [alarm] = await openAlarms(tokyo.ledger, 1);
    expect((await witnessedLogOf(tokyo.ledger, BUNKYO))?.contradictedBy).toBe(alarm?.alarmId);
    expect(await sizes()).toEqual(both(5));
  });

  it('is told in /health while it is contradicted, and not once a supervisor has closed the alarm', async () => {
    await bunkyo.log(5);
    await show();
    await rewriteLog(bunkyo.ledger, { keep: 4 });
    await show();
    const clock = new SetClock(new Date());
    const standing = () => logsStanding({ office: TOKYO, ledger: tokyo.ledger, clock });
    expect(await standing()).toMatchObject({ logs: { contradicted: [BUNKYO] }, warnings: [expect.any(String)] });
    const [alarm] = await openAlarms(tokyo.ledger, 1);
    const closing = { by: 'supervisor-1', at: new Date(), finding: '復元' };
    expect(await closeAlarm(tokyo.ledger, alarm?.alarmId ?? '', closing)).toBe(true);
    expect(await standing()).toMatchObject({ logs: { contradicted: [] }, warnings: [] });
    expect(await show()).toBeUndefined();
    expect((await witnessedLogOf(tokyo.ledger, BUNKYO))?.contradictedBy).toBeUndefined();
  });

  it('counts for nothing where the municipality never showed it: a witness can not accuse it', async () => {
    await bunkyo.log(3);
    const head = await bunkyo.shownLog.headFor(TOKYO);
    const others = new Office(TOKYO, tokyo.ledger).shownLog;
    for (const kept of [head.checkpoint, (await others.headFor(BUNKYO)).checkpoint]) {
      await bunkyo.log(1);
      await bunkyo.shownLog.heed(TOKYO, { size: 9, kept }, { head, exchange: EXCHANGE });
    }
    expect(await openAlarms(bunkyo.ledger, 10)).toEqual([]);
    expect(bunkyo.lines.filter((line) => line.includes('accuses'))).toHaveLength(2);
  });

  it('is not kept where the witness has countersigned what is not in the log', async () => {
    await bunkyo.log(3);
    await show();
    await bunkyo.log(1);
    const head = await bunkyo.shownLog.headFor(TOKYO);
    const countersigned = { ...head.checkpoint };
    await bunkyo.shownLog.heed(TOKYO, { size: 4, countersigned }, { head, exchange: EXCHANGE });
    expect(await sizes()).toEqual(both(3));
  });

  it('is read back as it was written', async () => {
    const seen = { note: 'a\n\nb\n', certificate: randomBytes(20), size: 7, witnessedAt: new Date(1_464_310_800_000) };
    await putLogWitness(bunkyo.ledger, { witness: TOKYO, ...seen });
    expect(await logWitnesses(bunkyo.ledger)).toEqual([{ witness: TOKYO, ...seen }]);
  });
});
