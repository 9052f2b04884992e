import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import { fiscalYear } from '#core/domain/fiscal-year.js';
import { leavesBetween } from '#core/storage/audit-leaves.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { CLERK_URI } from '../support/leaves.js';
import { BUNKYO } from '../support/offices.js';
import { SetClock } from '../support/set-clock.js';

/** The first moments of the fiscal years 2016 and 2017 in Tokyo, and the last before them. */
const [BEFORE, FIRST] = ['2016-03-31T23:59:59.999+09:00', '2016-04-01T00:00:00+09:00'];
const [LAST, AFTER] = ['2017-03-31T23:59:59.999+09:00', '2017-04-01T00:00:00+09:00'];

describeOnEveryDatabase('The leaves of a fiscal year', (fresh) => {
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
  });
  afterEach(() => ledger.destroy());

  /** One entry at each of these times. */
  async function append(times: string[]): Promise<void> {
    const clock = new SetClock(FIRST);
    const audit = new AuditLog(ledger, clock);
    for (const time of times) {
      clock.set(time);
      await audit.append({
        ...{ event: 'ANSWERED', procedure: 'POST /copies', exchange: randomUUID(), caller: CLERK_URI, nonce: NONCE },
        ...{ operator: 'operator-1', answering: BUNKYO, purpose: 'a test', outcome: 'OK' },
        ...{ request: null, answer: null, concerns: [] },
      });
    }
  }

  async function positions(size: number, atOnce: number): Promise<number[]> {
    const found: number[] = [];
    for await (const { position, leaf } of leavesBetween(ledger, { ...fiscalYear(2016), size }, atOnce)) {
      expect(leaf).toMatchObject({ event: 'ANSWERED', answering: BUNKYO });
      found.push(position);
    }
    return found;
  }

  it('are those from its first moment to its last, also where a clock was set back between', async () => {
    await append([BEFORE, FIRST, AFTER, LAST, BEFORE, FIRST]);
    expect(await positions(6, 100)).toEqual([1, 3, 5]);
  });

  it('are the same in pages of any size, a page that is full at the end among them', async () => {
    const times = Array.from({ length: 24 }, (_, i) => (i % 5 === 0 ? AFTER : FIRST));
    await append(times);
    const expected = times.flatMap((time, i) => (time === FIRST ? [i] : []));
    for (const atOnce of [1, 2, 5, 7, 24, 25, 1000]) expect(await positions(24, atOnce)).toEqual(expected);
  });

  it('are none beyond the size that is counted', async () => {
    await append([FIRST, FIRST, FIRST]);
    expect(await positions(2, 2)).toEqual([0, 1]);
    expect(await positions(0, 2)).toEqual([]);
    expect(await positions(9, 2)).toEqual([0, 1, 2]);
  });

  it('let others have their turn after each page', async () => {
    await append([FIRST, FIRST, FIRST, FIRST]);
    const turns: string[] = [];
    for await (const { position } of leavesBetween(ledger, { ...fiscalYear(2016), size: 4 }, 2)) {
      turns.push(`leaf ${position}`);
      if (position === 1) setImmediate(() => turns.push('somebody else'));
    }
    expect(turns).toEqual(['leaf 0', 'leaf 1', 'somebody else', 'leaf 2', 'leaf 3']);
  });

  it('go on while the log grows, and stay those up to the size', async () => {
    await append([FIRST, FIRST, FIRST, FIRST]);
    const found: number[] = [];
    for await (const { position } of leavesBetween(ledger, { ...fiscalYear(2016), size: 4 }, 2)) {
      found.push(position);
      await append([FIRST]);
    }
    expect(found).toEqual([0, 1, 2, 3]);
  });
});
