import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import {
  currentCode,
  enterAllotment,
  formerCodes,
  freeCodes,
  markWritten,
  openAllotment,
  receiveAllotment,
  supersedeCode,
  supersededAmong,
  takeCodes,
} from '#municipality/storage/codes.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { refusedAs } from '../support/households.js';
import { aCode } from '../support/records.js';

const AT = new Date('2016-05-27T10:00:00+09:00');
const LATER = new Date('2016-05-27T11:00:00+09:00');
/** In an order that is not that of the numbers. */
const DRAWN = [7, 3, 9, 1, 8].map(aCode);

describeOnEveryDatabase('The codes in the ledger of a municipality', (fresh) => {
  let ledger: Kysely<MunicipalityTables>;

  beforeEach(async () => {
    ledger = await openMunicipalityLedger(await fresh());
  });
  afterEach(() => ledger.destroy());

  const receive = (allotmentId: string, codes: string[], at = AT) =>
    ledger.transaction().execute((trx) => receiveAllotment(trx, { allotmentId }, codes, at));
  async function allotted(codes = DRAWN, allotmentId = 'allotment-1'): Promise<void> {
    await enterAllotment(ledger, { allotmentId, amount: codes.length }, AT);
    await receive(allotmentId, codes);
  }
  const take = (amount: number, actId: string) => ledger.transaction().execute((trx) => takeCodes(trx, amount, actId));
  const mark = (codes: string[], actId: string) =>
    ledger.transaction().execute((trx) => markWritten(trx, codes, actId));
  /** Each code leads to the next. */
  const chain = (...nths: number[]) =>
    ledger.transaction().execute(async (trx) => {
      for (const [i, nth] of nths.slice(1).entries())
        await supersedeCode(trx, { oldCode: aCode(nths[i] ?? 0), newCode: aCode(nth), actId: `act-${i}` });
    });
  const writtenBy = async () => {
    const rows = await ledger.selectFrom('allotted_code').selectAll().orderBy('ordinal').execute();
    return rows.map(({ resident_record_code: code, written_by: act }) => [code, act]);
  };

  it('are taken in the order in which the centre drew them, each once, and are marked with the act', async () => {
    await allotted();
    expect([await take(2, 'act-1'), await take(1, 'act-2'), await take(2, 'act-3')]).toEqual([
      ...[DRAWN.slice(0, 2), DRAWN.slice(2, 3), DRAWN.slice(3)],
    ]);
    const acts = ['act-1', 'act-1', 'act-2', 'act-3', 'act-3'];
    expect(await writtenBy()).toEqual(DRAWN.map((code, i) => [code, acts[i]]));
    expect(await freeCodes(ledger)).toBe(0);
  });

  it('are all left where there are too few of them', async () => {
    await allotted();
    await expect(take(6, 'act-1')).rejects.toEqual(refusedAs('CODES_EXHAUSTED'));
    expect(await writtenBy()).toEqual(DRAWN.map((code) => [code, null]));
    expect(await take(5, 'act-2')).toEqual(DRAWN);
    await expect(take(1, 'act-3')).rejects.toEqual(refusedAs('CODES_EXHAUSTED'));
  });

  it('are all left even where the act goes on after it was refused them', async () => {
    await allotted();
    await ledger.transaction().execute(async (trx) => {
      await expect(takeCodes(trx, 6, 'act-1')).rejects.toEqual(refusedAs('CODES_EXHAUSTED'));
    });
    expect(await freeCodes(ledger)).toBe(5);
  });

  it('are none for an act that needs none, even where there are none', async () => {
    expect(await take(0, 'act-1')).toEqual([]);
    expect(await freeCodes(ledger)).toBe(0);
  });

  it('are free again where the transaction is rolled back that took them, and the next act has the same', async () => {
    await allotted();
    const failing = ledger.transaction().execute(async (trx) => {
      await takeCodes(trx, 3, 'act-1');
      throw new Error('something else failed');
    });
    await expect(failing).rejects.toThrow('something else failed');
    expect(await freeCodes(ledger)).toBe(5);
    expect(await take(3, 'act-2')).toEqual(DRAWN.slice(0, 3));
  });

  it('are free no more once they stand in a record, and keep the act that wrote them first', async () => {
    await allotted();
    await take(1, 'act-1');
    await mark([DRAWN[0] ?? '', DRAWN[1] ?? '', aCode(50)], 'act-2');
    expect((await writtenBy()).slice(0, 3)).toEqual([
      [DRAWN[0], 'act-1'],
      [DRAWN[1], 'act-2'],
      [DRAWN[2], null],
    ]);
    expect(await take(1, 'act-3')).toEqual([DRAWN[2]]);
  });

  it('lead from each old one to the present one, over any number of changes', async () => {
    await chain(1, 2, 3, 4);
    await chain(11, 12);
    const present = [1, 2, 3, 4, 11, 99].map((nth) => currentCode(ledger, aCode(nth)));
    expect(await Promise.all(present)).toEqual([4, 4, 4, 4, 12, 99].map(aCode));
  });

  it('have the old ones of each, the newest first', async () => {
    await chain(1, 2, 3, 4);
    const former = [4, 3, 1].map((nth) => formerCodes(ledger, aCode(nth)));
    expect(await Promise.all(former)).toEqual([[3, 2, 1].map(aCode), [2, 1].map(aCode), []]);
  });

  it('are known as superseded, those that are and no others', async () => {
    await chain(1, 2, 3);
    expect(await supersededAmong(ledger, [1, 2, 3, 4].map(aCode))).toEqual(new Set([1, 2].map(aCode)));
    expect(await supersededAmong(ledger, [])).toEqual(new Set());
  });

  it('lead from one to one only', async () => {
    await chain(1, 2);
    await expect(chain(1, 3)).rejects.toThrow();
    expect(await currentCode(ledger, aCode(1))).toBe(aCode(2));
  });

  it('are asked for once, the oldest question first, until its answer is there', async () => {
    expect(await openAllotment(ledger)).toBeUndefined();
    await enterAllotment(ledger, { allotmentId: 'b', amount: 5 }, AT);
    await enterAllotment(ledger, { allotmentId: 'a', amount: 6 }, LATER);
    expect(await openAllotment(ledger)).toEqual({ allotmentId: 'b', amount: 5 });
    await receive('b', DRAWN, LATER);
    expect(await openAllotment(ledger)).toEqual({ allotmentId: 'a', amount: 6 });
  });

  it('are not asked for under an id that there was', async () => {
    await allotted();
    await expect(enterAllotment(ledger, { allotmentId: 'allotment-1', amount: 9 }, LATER)).rejects.toThrow();
  });

  it('stay as they are when an answer comes twice: those that were taken stay taken', async () => {
    await allotted();
    await take(2, 'act-1');
    const before = [await writtenBy(), await ledger.selectFrom('code_allotment').selectAll().execute()];
    await receive('allotment-1', DRAWN, LATER);
    await receive('allotment-1', [aCode(30)], LATER);
    expect([await writtenBy(), await ledger.selectFrom('code_allotment').selectAll().execute()]).toEqual(before);
  });

  it('are kept once where an answer comes twice at the same moment', async () => {
    await enterAllotment(ledger, { allotmentId: 'allotment-1', amount: 5 }, AT);
    await Promise.all([receive('allotment-1', DRAWN), receive('allotment-1', DRAWN)]);
    expect(await writtenBy()).toEqual(DRAWN.map((code) => [code, null]));
  });

  it('are not kept of an answer to what was never asked', async () => {
    await receive('allotment-9', DRAWN);
    expect(await writtenBy()).toEqual([]);
  });

  it('are kept whole or not at all: with one among them that is here, the question stays open', async () => {
    await allotted();
    await enterAllotment(ledger, { allotmentId: 'allotment-2', amount: 2 }, LATER);
    await expect(receive('allotment-2', [aCode(40), DRAWN[0] ?? ''])).rejects.toThrow();
    expect([await freeCodes(ledger), await openAllotment(ledger)]).toEqual([
      ...[5, { allotmentId: 'allotment-2', amount: 2 }],
    ]);
  });

  it('can be more than go into one statement', async () => {
    const many = Array.from({ length: 451 }, (_, i) => aCode(i + 100)).reverse();
    await allotted(many);
    expect(await take(451, 'act-1')).toEqual(many);
  });
});
