import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Discrepancy } from '#core/domain/discrepancy.js';
import {
  closeDiscrepancy,
  countOpenDiscrepancies,
  enterDiscrepancies,
  openDiscrepancies,
} from '#core/storage/discrepancies.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { NATIONAL, TOKYO } from '../support/offices.js';
import { aCode } from '../support/records.js';

const minute = (nth: number) => new Date(Date.UTC(2016, 4, 27, 1, nth));
const CLOSING = { by: 'operator-1', at: minute(30), finding: '届書と照合し、訂正した' };

function aDiscrepancy(differing: Partial<Discrepancy> = {}): Discrepancy {
  return {
    ...{ discrepancyId: randomUUID(), municipality: '131059', residentRecordCode: aCode(1), changeId: randomUUID() },
    ...{ what: 'VERSION_TAKEN', foundBy: NATIONAL, foundAt: minute(0), ...differing },
  };
}

describeOnEveryDatabase('The officers’ list of discrepancies', (fresh) => {
  let url: string;
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    url = await fresh();
    ledger = await openLedger(url);
  });
  afterEach(() => ledger.destroy());

  const enter = (...discrepancies: Discrepancy[]) => enterDiscrepancies(ledger, discrepancies);
  const open = (most = 100) => openDiscrepancies(ledger, most);
  const close = (discrepancyId: string, closing = CLOSING) => closeDiscrepancy(ledger, discrepancyId, closing);
  const closings = () =>
    ledger.selectFrom('discrepancy').select(['closed_by', 'closed_at', 'finding']).orderBy('found_at').execute();

  it('has each as it was found, the oldest first, and keeps it over a restart', async () => {
    const [first, second] = [
      aDiscrepancy(),
      aDiscrepancy({ foundAt: minute(5), foundBy: TOKYO, what: 'UNKNOWN_HERE' }),
    ];
    await enter(second, first);
    await ledger.destroy();
    ledger = await openLedger(url);
    expect(await open()).toEqual([first, second]);
  });

  it('has one that is about what is held, and no change, as well', async () => {
    const held = aDiscrepancy({ changeId: null });
    await enter(held);
    expect(await open()).toEqual([held]);
  });

  it('has each once, however often and with whatever it comes: as it came first', async () => {
    const first = aDiscrepancy();
    await enter(first);
    await enter(first, aDiscrepancy({ foundAt: minute(1) }), { ...first, what: 'ID_REUSED' });
    expect(await countOpenDiscrepancies(ledger)).toBe(2);
    expect((await open())[0]).toEqual(first);
  });

  it('has each once where it comes twice in one report', async () => {
    const one = aDiscrepancy();
    await enter(one, one);
    expect(await open()).toEqual([one]);
  });

  it('has each once where it comes from several at the same time', async () => {
    const some = Array.from({ length: 20 }, (_, i) => aDiscrepancy({ foundAt: minute(i) }));
    await Promise.all(Array.from({ length: 4 }, () => enter(...some)));
    expect(await open()).toEqual(some);
  });

  it('is as long as is asked for, and is counted whole', async () => {
    const all = Array.from({ length: 7 }, (_, i) => aDiscrepancy({ foundAt: minute(i) }));
    await enter(...all.toReversed());
    expect([await open(3), await countOpenDiscrepancies(ledger)]).toEqual([all.slice(0, 3), 7]);
  });

  it('is as it was where a report has nothing', async () => {
    await enter();
    expect([await open(), await countOpenDiscrepancies(ledger)]).toEqual([[], 0]);
  });

  it('does not show one any more that was closed, and keeps by whom, when and what was found out', async () => {
    const [first, second] = [aDiscrepancy(), aDiscrepancy({ foundAt: minute(1) })];
    await enter(first, second);
    expect(await close(first.discrepancyId)).toBe(first.residentRecordCode);
    expect([await open(), await countOpenDiscrepancies(ledger)]).toEqual([[second], 1]);
    const { by, at, finding } = CLOSING;
    expect(await closings()).toEqual([
      { closed_by: by, closed_at: at.toISOString(), finding },
      { closed_by: null, closed_at: null, finding: null },
    ]);
  });

  it('lets one be closed once: the first finding stays', async () => {
    const one = aDiscrepancy();
    await enter(one);
    await close(one.discrepancyId);
    expect(await close(one.discrepancyId, { by: 'operator-2', at: minute(40), finding: '別の結論' })).toBeUndefined();
    expect(await closings()).toMatchObject([{ closed_by: 'operator-1', finding: CLOSING.finding }]);
  });

  it('lets one of several officers close it who do so at the same time', async () => {
    const one = aDiscrepancy();
    await enter(one);
    const officers = ['operator-1', 'operator-2', 'operator-3', 'operator-4'];
    const done = await Promise.all(officers.map((by) => close(one.discrepancyId, { ...CLOSING, by })));
    expect(done.filter((code) => code !== undefined)).toEqual([one.residentRecordCode]);
    expect(await closings()).toMatchObject([{ closed_by: officers[done.findIndex((code) => code !== undefined)] }]);
  });

  it('is not opened again by a report that comes once more', async () => {
    const one = aDiscrepancy();
    await enter(one);
    await close(one.discrepancyId);
    await enter(one);
    expect([await open(), (await closings())[0]?.closed_by]).toEqual([[], 'operator-1']);
  });

  it('does not know of one that nobody reported', async () => {
    expect(await close(randomUUID())).toBeUndefined();
  });
});
