import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { enterCheck, type KeptCheck, lastChecks } from '#core/storage/consistency-checks.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { NATIONAL, TOKYO } from '../support/offices.js';

function aCheck(differing: Partial<KeptCheck> = {}): KeptCheck {
  const checkedAt = new Date('2016-05-27T01:00:00.000Z');
  return { above: TOKYO, checkedAt, differing: 3, repaired: 2, recovered: 1, ...differing };
}
const on = (day: number) => new Date(Date.UTC(2016, 4, day));

describeOnEveryDatabase('What is kept of consistency checks', (fresh) => {
  let url: string;
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    url = await fresh();
    ledger = await openLedger(url);
  });
  afterEach(() => ledger.destroy());

  it('is nothing before the first one', async () => {
    expect(await lastChecks(ledger)).toEqual([]);
  });

  it('is the last one of each level above, as it was, over a restart', async () => {
    const [tokyo, national] = [aCheck(), aCheck({ above: NATIONAL, differing: 0, repaired: 0 })];
    await enterCheck(ledger, tokyo);
    await enterCheck(ledger, national);
    await ledger.destroy();
    ledger = await openLedger(url);
    const last = await lastChecks(ledger);
    expect(last).toHaveLength(2);
    expect(last).toEqual(expect.arrayContaining([tokyo, national]));
  });

  it('is the last by the day of the check, of each level by itself, whatever order they were entered in', async () => {
    const newest = aCheck({ checkedAt: on(20), differing: 9, repaired: 9 });
    const older = aCheck({ checkedAt: on(9), above: NATIONAL });
    for (const check of [newest, aCheck({ checkedAt: on(8) }), older, aCheck({ checkedAt: on(19) })])
      await enterCheck(ledger, check);
    const last = await lastChecks(ledger);
    expect(last).toHaveLength(2);
    expect(last).toEqual(expect.arrayContaining([newest, older]));
  });

  it('keeps those of before beside the last', async () => {
    for (const day of [1, 2, 3]) await enterCheck(ledger, aCheck({ checkedAt: on(day) }));
    const kept = await ledger.selectFrom('consistency_check').select('checked_at').orderBy('checked_at').execute();
    expect(kept.map((row) => row.checked_at)).toEqual([1, 2, 3].map((day) => on(day).toISOString()));
  });
});
