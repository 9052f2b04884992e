import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { SetClock } from '../../../../test/support/set-clock.js';
import { digestOf, purposeDigest } from '../domain/digest.js';
import { readLogSecret } from '../storage/audit-entries.js';
import { openLedger } from '../storage/ledger.js';
import type { CoreTables } from '../storage/tables.js';
import { AuditLog } from './audit-log.js';
import { LogKey } from './log-key.js';

const [CODE, OTHER_CODE] = ['24727059608', '24846016224'];
const FRIDAY = new Date('2016-05-27T10:00:00+09:00');

const NONCE = '0f0e0d0c0b0a09080706050403020100';

function answered(exchange: string, ...concerns: string[]) {
  return {
    event: 'ANSWERED' as const,
    procedure: '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData',
    exchange,
    caller: 'juki://municipality/131059',
    operator: 'counter-1',
    answering: 'municipality/132152',
    purpose: 'WIDE_AREA_ISSUANCE',
    outcome: 'OK' as const,
    request: Buffer.from(exchange),
    answer: Buffer.from('answer'),
    nonce: NONCE,
    concerns,
  };
}

describe('The log of an office, in its ledger', () => {
  const clock = new SetClock(FRIDAY);
  let folder: string;
  let url: string;
  let ledger: Kysely<CoreTables>;
  let log: AuditLog;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juki-audit-'));
    url = `sqlite:${join(folder, 'ledger.sqlite')}`;
    ledger = await openLedger(url);
    log = new AuditLog(ledger, clock);
  });

  afterEach(async () => {
    await ledger.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  const positions = async () =>
    (await ledger.selectFrom('audit_entry').select('position').orderBy('position').execute()).map((r) => r.position);
  const subjects = () =>
    ledger.selectFrom('audit_subject').selectAll().orderBy('position').orderBy('ordinal').execute();

  it('is empty at first', async () => {
    expect(await log.size()).toBe(0);
    expect(await log.entries()).toEqual([]);
  });

  it('has an entry, with the time of the network, as soon as appending it resolves', async () => {
    await log.append(answered('exchange-1', CODE));
    expect(await log.size()).toBe(1);
    const { request, answer, nonce, concerns: _concerns, ...happened } = answered('exchange-1');
    const digests = { requestDigest: digestOf(nonce, request), answerDigest: digestOf(nonce, answer) };
    expect(await log.entries()).toMatchObject([{ ...happened, ...digests, at: '2016-05-27T01:00:00.000Z' }]);
  });

  it('numbers its entries from 0 on without a gap, and keeps their order', async () => {
    for (const exchange of ['a', 'b', 'c']) await log.append(answered(exchange));
    expect(await positions()).toEqual([0, 1, 2]);
    expect((await log.entries()).map((entry) => entry.exchange)).toEqual(['a', 'b', 'c']);
    expect((await log.entries(2)).map((entry) => entry.exchange)).toEqual(['c']);
  });

  it('keeps all entries of a busy moment, each once and with its own people', async () => {
    const exchanges = Array.from({ length: 300 }, (_, i) => `exchange-${i}`);
    await Promise.all(exchanges.map((exchange, i) => log.append(answered(exchange, ...(i % 2 === 0 ? [CODE] : [])))));
    expect((await log.entries()).map((entry) => entry.exchange)).toEqual(exchanges);
    expect(await positions()).toEqual(exchanges.map((_, i) => i));
    expect((await subjects()).map((subject) => subject.position)).toEqual(
      exchanges.map((_, i) => i).filter((i) => i % 2 === 0),
    );
  });

  it('keeps codes out of the leaf, and beside it whom its tags are of', async () => {
    await log.append(answered('exchange-1', CODE, OTHER_CODE));
    const { leaf } = await ledger.selectFrom('audit_entry').select('leaf').executeTakeFirstOrThrow();
    const key = new LogKey(await readLogSecret(ledger));
    expect(leaf).not.toMatch(new RegExp(`${CODE}|${OTHER_CODE}`));
    expect((await subjects()).map((row) => row.resident_record_code)).toEqual([CODE, OTHER_CODE]);
    expect(JSON.parse(leaf).subjects).toEqual([key.tag(CODE, 1), key.tag(OTHER_CODE, 1)]);
  });

  it('keeps nonce and purpose beside the leaf: they open what the leaf only commits to', async () => {
    await log.append({ ...answered('exchange-1'), purpose: '青木さんの照会' });
    const row = await ledger.selectFrom('audit_entry').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ nonce: NONCE, purpose: '青木さんの照会' });
    expect(row.leaf).not.toContain(NONCE);
    expect(row.leaf).not.toContain('青木');
    expect(JSON.parse(row.leaf).purposeDigest).toBe(purposeDigest(NONCE, '青木さんの照会'));
  });

  it('names a person once in an entry, and with another tag each time', async () => {
    await log.append(answered('exchange-1', CODE, CODE));
    await log.append(answered('exchange-2', CODE));
    const leaves = await ledger.selectFrom('audit_entry').select('leaf').orderBy('position').execute();
    const tags = leaves.flatMap(({ leaf }) => JSON.parse(leaf).subjects);
    expect([tags.length, new Set(tags).size]).toEqual([2, 2]);
    expect((await subjects()).map(({ number }) => number)).toEqual([1, 2]);
  });

  it('goes on where it ended when the office is started again', async () => {
    await log.append(answered('exchange-1'));
    await ledger.destroy();
    ledger = await openLedger(url);
    log = new AuditLog(ledger, clock);
    await log.append(answered('exchange-2'));
    expect((await log.entries()).map((entry) => entry.exchange)).toEqual(['exchange-1', 'exchange-2']);
    expect(await positions()).toEqual([0, 1]);
  });

  it('rejects an entry that can not be kept, so that no answer leaves, and says nothing of having it', async () => {
    await ledger.schema.alterTable('audit_entry').renameTo('lost').execute();
    await expect(log.append(answered('exchange-1'))).rejects.toThrow('audit_entry');
    await ledger.schema.alterTable('lost').renameTo('audit_entry').execute();
    expect(await log.entries()).toEqual([]);
  });

  it('keeps neither the entry nor its people where the people can not be kept', async () => {
    await ledger.schema.dropTable('audit_subject').execute();
    await expect(log.append(answered('exchange-1', CODE))).rejects.toThrow('audit_subject');
    expect(await log.size()).toBe(0);
  });

  it('rejects every entry once the ledger is closed', async () => {
    await ledger.destroy();
    await expect(log.append(answered('exchange-1'))).rejects.toThrow();
    await expect(log.append(answered('exchange-2'))).rejects.toThrow();
  });
});
