import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Leaf, Occurrence } from '#core/audit/entry.js';
import { LogKey } from '#core/audit/log-key.js';
import { readLogSecret } from '#core/storage/audit-entries.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { olderLedger } from '../support/older-ledger.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';

const CLOCK = new SetClock('2016-05-27T10:00:00+09:00');
const BUNKYO = 'juki://municipality/131059';

function about(exchange: string, concerns: string[], caller = BUNKYO): Occurrence {
  return {
    ...{ event: 'ANSWERED', procedure: '/x/y', exchange, caller, operator: 'operator-1', answering: 'national' },
    ...{ purpose: 'a test', outcome: 'OK', request: null, answer: null, nonce: NONCE, concerns },
  };
}

describeOnEveryDatabase('Whom the entries of a log name', (fresh) => {
  let url: string;
  let ledger: Kysely<CoreTables>;
  let log: AuditLog;

  const open = async () => {
    ledger = await openLedger(url);
    log = new AuditLog(ledger, CLOCK);
  };
  beforeEach(async () => {
    url = await fresh();
    await open();
  });
  afterEach(() => ledger.destroy());

  const named = async (code: string) => {
    const rows = await ledger
      .selectFrom('audit_subject')
      .select(['position', 'number', 'ordinal'])
      .where('resident_record_code', '=', code)
      .orderBy('number')
      .execute();
    return rows.map(({ position, number, ordinal }) => [Number(position), Number(number), Number(ordinal)]);
  };
  const leaves = async () => {
    const rows = await ledger.selectFrom('audit_entry').select('leaf').orderBy('position').execute();
    return rows.map(({ leaf }) => JSON.parse(leaf) as Leaf);
  };

  it('are numbered person by person, without a gap, over many at once and restarts', async () => {
    const both = (nth: number) => log.append(about(`e-${nth}`, nth % 3 === 0 ? [aCode(1), aCode(2)] : [aCode(2)]));
    await Promise.all(Array.from({ length: 30 }, (_, nth) => both(nth)));
    await ledger.destroy();
    await open();
    await Promise.all(Array.from({ length: 30 }, (_, nth) => both(30 + nth)));
    expect((await named(aCode(1))).map(([, number]) => number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect((await named(aCode(2))).map(([, number]) => number)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });

  it('stand in the leaf as tags, which the log’s key makes of code and number, in their order', async () => {
    await log.append(about('e-0', [aCode(2)]));
    await log.append(about('e-1', [aCode(1), aCode(2)]));
    const key = new LogKey(await readLogSecret(ledger));
    const [, second] = await leaves();
    expect(second?.subjects).toEqual([key.tag(aCode(1), 1), key.tag(aCode(2), 2)]);
  });

  it('are named once in a question, by whichever of its entries comes first', async () => {
    await log.append({ ...about('e-0', [aCode(1)]), event: 'RECORDED' });
    await log.append(about('e-0', [aCode(1), aCode(2)]));
    await log.append({ ...about('e-1', [aCode(3)]), event: 'ASKED', outcome: null });
    await log.append({ ...about('e-1', [aCode(3)]), event: 'ANSWER_RECEIVED' });
    expect([await named(aCode(1)), await named(aCode(2)), await named(aCode(3))]).toEqual([
      [[0, 1, 0]],
      [[1, 1, 0]],
      [[2, 1, 0]],
    ]);
  });

  it('are named by every answer of an exchange, one by one or at once: no look hides behind another', async () => {
    await log.append(about('e-0', [aCode(1)]));
    await log.append(about('e-0', [aCode(1)]));
    await Promise.all([1, 2, 3].map(() => log.append(about('e-0', [aCode(1)]))));
    expect((await named(aCode(1))).map(([position, number]) => [position, number])).toEqual(
      [0, 1, 2, 3, 4].map((position) => [position, position + 1]),
    );
  });

  it('are named again by another caller who uses the name of an exchange: nobody hides behind another’s', async () => {
    await log.append(about('e-0', [aCode(1)]));
    await log.append(about('e-0', [aCode(1)], 'juki://municipality/131041'));
    expect(await named(aCode(1))).toEqual([
      [0, 1, 0],
      [1, 2, 0],
    ]);
  });

  it('have their number again after a transaction that was rolled back', async () => {
    const failing = ledger.transaction().execute(async (trx) => {
      await log.appendWith(trx, about('e-0', [aCode(1)]));
      throw new Error('something else failed');
    });
    await expect(failing).rejects.toThrow('something else failed');
    await log.append(about('e-1', [aCode(1)]));
    expect(await named(aCode(1))).toEqual([[0, 1, 0]]);
  });

  it('are a thousand in one entry, where so many are', async () => {
    const codes = Array.from({ length: 1000 }, (_, i) => aCode(i + 1));
    await log.append(about('e-0', codes));
    await log.append(about('e-1', codes));
    const [first, second] = await leaves();
    const tags = [...(first?.subjects ?? []), ...(second?.subjects ?? [])];
    expect([tags.length, new Set(tags).size]).toEqual([2000, 2000]);
    expect(await named(aCode(1000))).toEqual([
      [0, 1, 999],
      [1, 2, 999],
    ]);
  });

  it('keep their salts in a ledger from before there was a key, and are numbered on', async () => {
    await ledger.destroy();
    url = await fresh();
    const older = await olderLedger(url, '008-families-of-operators');
    const entry = { exchange: 'e', leaf: '{}', nonce: NONCE, purpose: 'a test' };
    await older
      .insertInto('audit_entry')
      .values([0, 1, 2].map((position) => ({ position, ...entry })))
      .execute();
    const salted = (position: number, ordinal: number, nth: number) => ({
      ...{ position, ordinal, resident_record_code: aCode(nth), salt: `salt ${position} ${ordinal}` },
    });
    const subjects = [salted(0, 0, 1), salted(0, 1, 2), salted(2, 0, 1)];
    await older.insertInto('audit_subject').values(subjects).execute();
    await older.destroy();
    await open();
    await log.append(about('e-1', [aCode(1)]));
    expect([await named(aCode(1)), await named(aCode(2))]).toEqual([
      [
        [0, 1, 0],
        [2, 2, 0],
        [3, 3, 0],
      ],
      [[0, 1, 1]],
    ]);
    const rows = await ledger
      .selectFrom('audit_subject')
      .select('salt')
      .orderBy('position')
      .orderBy('ordinal')
      .execute();
    expect(rows.map(({ salt }) => salt)).toEqual(['salt 0 0', 'salt 0 1', 'salt 2 0', null]);
  });
});
