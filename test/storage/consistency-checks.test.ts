import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { driftEver, enterCheck, type KeptCheck, newestChecks } from '#core/storage/consistency-checks.js';
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

  const enter = async (...checks: KeptCheck[]) => {
    for (const check of checks) await enterCheck(ledger, check);
  };

  it('is nothing before the first one', async () => {
    expect([await newestChecks(ledger, 10), await driftEver(ledger)]).toEqual([[], []]);
  });

  it('is each as it was, the newest first, over a restart', async () => {
    const [tokyo, national] = [aCheck(), aCheck({ above: NATIONAL, differing: 0, repaired: 0, recovered: 0 })];
    await enter(tokyo);
    await ledger.destroy();
    ledger = await openLedger(url);
    await enter(national);
    expect(await newestChecks(ledger, 10)).toEqual([national, tokyo]);
  });

  it('is so many as are asked for, by when they were entered, whatever a clock showed', async () => {
    const checks = [20, 8, 9, 9, 19].map((day, i) => aCheck({ checkedAt: on(day), differing: 10 + i }));
    await enter(...checks);
    expect(await newestChecks(ledger, 3)).toEqual(checks.toReversed().slice(0, 3));
  });

  it('adds up to what was ever found and mended, level by level', async () => {
    const national = aCheck({ above: NATIONAL, differing: 7, repaired: 0, recovered: 5 });
    await enter(aCheck(), national, aCheck({ differing: 10, repaired: 4, recovered: 0 }), {
      ...national,
      recovered: 0,
    });
    const drift = new Map((await driftEver(ledger)).map((one) => [one.above, one]));
    expect(drift).toEqual(
      new Map([
        [TOKYO, { above: TOKYO, differing: 13, mended: 7 }],
        [NATIONAL, { above: NATIONAL, differing: 14, mended: 5 }],
      ]),
    );
  });

  it('has every one of those that end at the same time', async () => {
    const checks = Array.from({ length: 20 }, (_, i) => aCheck({ differing: i }));
    await Promise.all(checks.map((check) => enterCheck(ledger, check)));
    const found = (await newestChecks(ledger, 100)).map(({ differing }) => differing);
    expect(found.sort((one, other) => one - other)).toEqual(checks.map(({ differing }) => differing));
  });
});
