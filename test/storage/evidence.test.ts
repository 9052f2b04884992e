import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Evidence, Occurrence } from '#core/audit/entry.js';
import { type Caller, callerUri } from '#core/domain/caller.js';
import type { SignedStatement } from '#core/domain/proof.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { olderLedger } from '../support/older-ledger.js';
import { SetClock } from '../support/set-clock.js';

const AT = new Date('2016-05-27T10:00:00+09:00');
/** As long as a certificate of this network's. */
const [SHINJUKU, BUNKYO] = [Buffer.alloc(600, 1), Buffer.alloc(600, 2)];

const CENTRE: Caller = { kind: 'office', office: 'national' };

function signed(certificate: Buffer, byte = 7): SignedStatement {
  return { at: AT.getTime(), signature: Buffer.alloc(64, byte), certificate };
}

function anEntry(exchange: string, evidence?: Evidence): Occurrence {
  return {
    ...{ event: 'ANSWERED', procedure: '/x/y', exchange, caller: callerUri(CENTRE), operator: null },
    ...{ answering: 'national', purpose: 'a test', outcome: 'OK', nonce: NONCE, concerns: [] },
    ...{ request: Buffer.from('a question'), answer: null },
    ...(evidence && { evidence }),
  };
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describeOnEveryDatabase('What offices signed, in the ledger of one of them', (fresh) => {
  let url: string;
  let ledger: Kysely<CoreTables>;
  let log: AuditLog;

  const open = async () => {
    ledger = await openLedger(url);
    log = new AuditLog(ledger, new SetClock(AT));
  };
  beforeEach(async () => {
    url = await fresh();
    await open();
  });
  afterEach(() => ledger.destroy());

  const rows = () =>
    ledger.selectFrom('audit_entry').select(['exchange', 'proof', 'receipt', 'leaf']).orderBy('position').execute();
  const certificates = () =>
    ledger.selectFrom('signing_certificate').select(['fingerprint', 'der']).orderBy('der').execute();

  it('stands beside its entry: when, the signature, and which certificate', async () => {
    await log.append(anEntry('e-1', { proof: signed(SHINJUKU, 1), receipt: signed(BUNKYO, 2) }));
    const [row] = await rows();
    const kept = [row?.proof, row?.receipt].map((text) => JSON.parse(text ?? '{}'));
    expect(kept).toEqual([
      { at: AT.getTime(), signature: Buffer.alloc(64, 1).toString('base64'), certificate: sha256(SHINJUKU) },
      { at: AT.getTime(), signature: Buffer.alloc(64, 2).toString('base64'), certificate: sha256(BUNKYO) },
    ]);
    expect(JSON.parse(row?.leaf ?? '{}')).toMatchObject({
      ...{ proofDigest: sha256(Buffer.alloc(64, 1)), receiptDigest: sha256(Buffer.alloc(64, 2)) },
    });
  });

  it('is nothing where nothing was signed, or only one of the two', async () => {
    await log.append(anEntry('e-1'));
    await log.append(anEntry('e-2', { proof: signed(SHINJUKU) }));
    await log.append(anEntry('e-3', { proof: undefined, receipt: signed(BUNKYO) }));
    const have = (await rows()).map(({ proof, receipt }) => [proof !== null, receipt !== null]);
    expect(have).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ]);
  });

  it('is read back in the entries as digests of the signatures', async () => {
    await log.append(anEntry('e-1', { proof: signed(SHINJUKU, 3) }));
    const digests = { proofDigest: sha256(Buffer.alloc(64, 3)), receiptDigest: null };
    expect(await log.entries()).toMatchObject([{ exchange: 'e-1', ...digests }]);
  });

  it('has each certificate once, however often its office signs, at once and one after another', async () => {
    const both = { proof: signed(SHINJUKU), receipt: signed(BUNKYO) };
    await Promise.all(Array.from({ length: 100 }, (_, i) => log.append(anEntry(`e-${i}`, both))));
    await log.append(anEntry('one more', both));
    await log.append(anEntry('the other way', { proof: signed(BUNKYO), receipt: signed(SHINJUKU) }));
    const kept = [SHINJUKU, BUNKYO].map((der) => ({ fingerprint: sha256(der), der: der.toString('base64') }));
    expect(await certificates()).toEqual(kept);
  });

  it('keeps the old certificate beside the new one where an office gets another', async () => {
    await log.append(anEntry('e-1', { proof: signed(SHINJUKU) }));
    await log.append(anEntry('e-2', { proof: signed(Buffer.alloc(600, 9)) }));
    const prints = (await rows()).map(({ proof }) => JSON.parse(proof ?? '{}').certificate);
    expect(prints).toEqual([sha256(SHINJUKU), sha256(Buffer.alloc(600, 9))]);
    expect((await certificates()).map(({ fingerprint }) => fingerprint).sort()).toEqual(prints.toSorted());
  });

  it('tells which names a caller has proved questions under: those of others are free to it', async () => {
    const [shinjuku, centre] = [{ kind: 'office' as const, office: 'municipality/131041' }, CENTRE];
    await log.append(anEntry('e-1', { proof: signed(SHINJUKU) }));
    await log.append({ ...anEntry('e-2', { proof: signed(SHINJUKU) }), caller: callerUri(shinjuku) });
    await log.append(anEntry('e-3'));
    const known = (caller: Caller) => Promise.all(['e-1', 'e-2', 'e-3'].map((exchange) => log.knows(caller, exchange)));
    expect(await known(centre)).toEqual([true, false, false]);
    expect(await known(shinjuku)).toEqual([false, true, false]);
    await log.append({ ...anEntry('e-1', { proof: signed(SHINJUKU) }), caller: callerUri(shinjuku) });
    expect(await known(shinjuku)).toEqual([true, true, false]);
  });

  it('is kept when the ledger is opened again', async () => {
    await log.append(anEntry('e-1', { proof: signed(SHINJUKU), receipt: signed(BUNKYO) }));
    const before = [await rows(), await certificates()];
    await ledger.destroy();
    await open();
    expect([await rows(), await certificates()]).toEqual(before);
  });

  it('is not kept, nor its certificate, where what stands or falls with it fails', async () => {
    const failing = ledger.transaction().execute(async (trx) => {
      await log.appendWith(trx, anEntry('e-1', { proof: signed(SHINJUKU) }));
      throw new Error('something else failed');
    });
    await expect(failing).rejects.toThrow('something else failed');
    expect([await rows(), await certificates()]).toEqual([[], []]);
  });

  it('is in no entry whose certificate can not be kept', async () => {
    await sql`alter table signing_certificate rename to lost`.execute(ledger);
    await expect(log.append(anEntry('e-1', { proof: signed(SHINJUKU) }))).rejects.toThrow('signing_certificate');
    expect(await log.size()).toBe(0);
  });

  it('was nothing in a ledger of the time before, whose entries are read as ever', async () => {
    const leaf = JSON.stringify({ event: 'ANSWERED', exchange: 'of old' });
    await ledger.destroy();
    url = await fresh();
    const older = await olderLedger(url, '004-operators');
    const row = { position: 0, exchange: 'of old', leaf, nonce: NONCE, purpose: 'a test' };
    await older.insertInto('audit_entry').values(row).execute();
    await older.destroy();
    await open();
    await log.append(anEntry('e-1', { proof: signed(SHINJUKU) }));
    expect((await log.entries()).map(({ exchange }) => exchange)).toEqual(['of old', 'e-1']);
    expect((await rows()).map(({ proof }) => proof !== null)).toEqual([false, true]);
  });
});
