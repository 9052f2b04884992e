import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Occurrence } from '#core/audit/entry.js';
import { leafHash } from '#core/audit/merkle-tree.js';
import { openLedger } from '#core/storage/ledger.js';
import { prunedSubtrees, readLeaves } from '#core/storage/read-log.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';

const CLOCK = new SetClock('2016-05-27T10:00:00+09:00');
const signed = (byte: number) => ({ at: 0, signature: Buffer.alloc(64, byte), certificate: Buffer.alloc(9, byte) });

function entry(nth: number): Occurrence {
  return {
    ...{
      event: 'ANSWERED',
      procedure: '/x/y',
      exchange: `e-${nth}`,
      caller: 'juki://national',
      operator: 'operator-1',
    },
    ...{ answering: 'national', purpose: `purpose ${nth}`, outcome: 'OK', request: Buffer.from('q'), answer: null },
    ...{ nonce: NONCE, concerns: [aCode(1), aCode(2)], evidence: { proof: signed(nth), receipt: signed(nth + 100) } },
  };
}

describeOnEveryDatabase('What stands beside a log', (fresh) => {
  let ledger: Kysely<CoreTables>;
  let log: AuditLog;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
    log = new AuditLog(ledger, CLOCK);
    for (let nth = 0; nth < 6; nth += 1) await log.append(entry(nth));
  });
  afterEach(() => ledger.destroy());

  const altered = async (position: number, change: Record<string, string | null>) =>
    ledger.updateTable('audit_entry').set(change).where('position', '=', position).execute();
  const leafOf = async (position: number) =>
    (await ledger.selectFrom('audit_entry').select('leaf').where('position', '=', position).executeTakeFirstOrThrow())
      .leaf;

  it('fits, where nobody has been at it', async () => {
    expect(await log.check(0)).toEqual({ checked: 6, next: undefined, misfit: undefined });
    expect(await log.check(4)).toMatchObject({ checked: 2 });
  });

  it.each([
    ['another leaf', 'LEAF', async () => altered(3, { leaf: (await leafOf(3)).replace('operator-1', 'operator-2') })],
    ['another exchange', 'EXCHANGE', () => altered(3, { exchange: 'e-9' })],
    ['another purpose', 'PURPOSE', () => altered(3, { purpose: 'purpose 4' })],
    ['another nonce', 'PURPOSE', () => altered(3, { nonce: NONCE.replace('0', '1') })],
    ['another proof', 'PROOF', () => altered(3, { proof: JSON.stringify({ signature: 'AAAA' }) })],
    ['no proof', 'PROOF', () => altered(3, { proof: null })],
    ['another receipt', 'RECEIPT', () => altered(3, { receipt: JSON.stringify({ signature: 'AAAA' }) })],
  ])('is named, with the entry, where it has %s', async (_what, what, alter) => {
    await alter();
    expect(await log.check(0)).toMatchObject({ checked: 3, misfit: { position: 3, what } });
  });

  it.each([
    ['somebody else', { resident_record_code: aCode(3) }],
    ['another number', { number: 40 }],
    ['another place', { ordinal: 5 }],
  ])('is named where it is about %s', async (_whom, change) => {
    const theirs = ledger.updateTable('audit_subject').set(change);
    await theirs.where('position', '=', 3).where('resident_record_code', '=', aCode(1)).execute();
    expect(await log.check(0)).toMatchObject({ checked: 3, misfit: { position: 3, what: 'SUBJECTS' } });
  });

  it('is named where an entry is about nobody any more', async () => {
    await ledger.deleteFrom('audit_subject').where('position', '=', 3).execute();
    expect(await log.check(0)).toMatchObject({ checked: 3, misfit: { position: 3, what: 'SUBJECTS' } });
  });

  it('is named where somebody was named by a key that is not theirs, though it is kept beside the log as theirs', async () => {
    const other = Buffer.alloc(32, 7).toString('base64');
    const row = ledger.updateTable('audit_person_key').set({ person_key: other });
    await row.where('resident_record_code', '=', aCode(1)).execute();
    // What has been in memory is not read again.
    expect(await log.check(0)).toMatchObject({ checked: 6, misfit: undefined });
    const restarted = new AuditLog(ledger, CLOCK);
    await restarted.append(entry(6));
    expect(await restarted.check(0)).toMatchObject({ checked: 6, misfit: { position: 6, what: 'SUBJECTS' } });
  });

  it('is named where the tree has another hash, or none', async () => {
    const row = await ledger.selectFrom('audit_tile').select('hashes').where('level', '=', 0).executeTakeFirstOrThrow();
    const hashes = Buffer.from(row.hashes, 'base64');
    hashes.writeUInt8(hashes.readUInt8(3 * 32) ^ 1, 3 * 32);
    await ledger
      .updateTable('audit_tile')
      .set({ hashes: hashes.toString('base64') })
      .execute();
    expect(await log.check(0)).toMatchObject({ checked: 3, misfit: { position: 3, what: 'LEAF' } });
  });

  it('is read page by page, however long leaves are', async () => {
    const long = Array.from({ length: 1000 }, (_, i) => aCode(i + 1));
    for (let nth = 6; nth < 46; nth += 1) await log.append({ ...entry(nth), concerns: long });
    const read = [];
    for (let at: number | undefined = 0; at !== undefined; ) {
      const { entries, next }: Awaited<ReturnType<typeof readLeaves>> = await readLeaves(ledger, at);
      const characters = entries.reduce((sum, { leaf }) => sum + leaf.length, 0);
      expect([entries.length > 0, characters < 1_100_000]).toEqual([true, true]);
      read.push(...entries);
      at = next;
    }
    expect(read.map(({ position }) => position)).toEqual(Array.from({ length: 46 }, (_, i) => i));
    expect(read.every(({ leaf, hash }) => leafHash(leaf).equals(hash))).toBe(true);
    expect(await prunedSubtrees(ledger)).toEqual([]);
  });
});
