import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely, Transaction } from 'kysely';
import type { Change } from '#core/domain/fold-changes.js';
import { writeAlone } from '#core/storage/dialect.js';
import { openLedger } from '#core/storage/ledger.js';
import { dequeue, enqueue, nextQueued, queuedAmong, queueStanding } from '#core/storage/outbox.js';
import type { CoreTables, QueueKind } from '#core/storage/tables.js';
import { aChange } from '../support/changes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO, NATIONAL, TOKYO } from '../support/offices.js';
import { aCode } from '../support/records.js';

const TEN = new Date('2016-05-27T10:00:00+09:00');
const LATER = new Date('2016-05-27T10:00:05+09:00');
const UP = { destination: TOKYO, kind: 'CHANGE' as QueueKind };

/** Told apart by their ids. */
const changes = (...ids: string[]) => ids.map((changeId) => aChange({ changeId }));

describeOnEveryDatabase('What waits for other offices', (fresh) => {
  let url: string;
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    url = await fresh();
    ledger = await openLedger(url);
  });
  afterEach(() => ledger.destroy());

  const alone = <T>(act: (trx: Transaction<CoreTables>) => Promise<T>) =>
    ledger.transaction().execute(async (trx) => {
      await writeAlone(trx);
      return act(trx);
    });
  const put = (ids: string[], queue = UP, at = TEN) => alone((trx) => enqueue(trx, { ...queue, at }, changes(...ids)));
  const contents = async (queue = UP, most = 10_000) =>
    (await nextQueued<Change>(ledger, queue, most)).map(({ content }) => content.changeId);
  const positions = async (queue = UP, most = 10_000) =>
    (await nextQueued(ledger, queue, most)).map(({ position }) => Number(position));

  it('is given out in the order in which it was queued, over several transactions and a restart', async () => {
    await put(['a', 'b']);
    await put(['c']);
    await ledger.destroy();
    ledger = await openLedger(url);
    await put(['d']);
    expect(await contents()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is given out in the order of its positions as numbers, however many there are', async () => {
    const many = Array.from({ length: 1_203 }, (_, i) => `change ${i}`);
    await put(many);
    expect(await contents()).toEqual(many);
    const at = await positions();
    expect(at).toEqual(at.toSorted((one, other) => one - other));
    expect(new Set(at).size).toBe(1_203);
  });

  it('is given out so many at a time, the same again until they are taken out, and then those that follow', async () => {
    await put(['a', 'b', 'c', 'd', 'e']);
    expect([await contents(UP, 2), await contents(UP, 2)]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    await dequeue(ledger, await positions(UP, 2));
    expect(await contents(UP, 2)).toEqual(['c', 'd']);
    await dequeue(ledger, await positions(UP, 2));
    expect(await contents(UP, 2)).toEqual(['e']);
  });

  it('can be taken out from among others, which keep their order', async () => {
    await put(['a', 'b', 'c', 'd']);
    const [, second = 0, , fourth = 0] = await positions();
    await dequeue(ledger, [fourth, second]);
    await dequeue(ledger, []);
    await dequeue(ledger, [second]);
    expect(await contents()).toEqual(['a', 'c']);
  });

  it('keeps its order where all that came before was taken out meanwhile', async () => {
    await put(['a', 'b']);
    await dequeue(ledger, await positions());
    await put(['c']);
    await put(['d']);
    await dequeue(ledger, await positions(UP, 1));
    await put(['e']);
    expect(await contents()).toEqual(['d', 'e']);
  });

  it('comes back as it was put in, be it rare characters, days, numbers or nothing', async () => {
    const change = aChange({ version: 5_043_000 }, { name: '葛\u{E0100}城 𠮷"\\', address: 'cafe\u{301} caf\u{E9}' });
    await alone((trx) => enqueue(trx, { ...UP, at: TEN }, [change]));
    const [queued] = await nextQueued<Change>(ledger, UP, 1);
    expect(queued?.content).toEqual(change);
  });

  it('tells of which of some codes something waits, and until it is taken out', async () => {
    const about = (n: number) => aChange({}, { residentRecordCode: aCode(n) });
    await alone((trx) => enqueue(trx, { ...UP, at: TEN }, [about(1), about(2), about(1)]));
    const among = () => queuedAmong(ledger, 'CHANGE', [aCode(1), aCode(3), aCode(2)]);
    expect((await among()).sort()).toEqual([aCode(1), aCode(2)].sort());
    expect(await queuedAmong(ledger, 'REPORT', [aCode(1)])).toEqual([]);
    await dequeue(ledger, await positions(UP, 2));
    expect(await among()).toEqual([aCode(1)]);
  });

  it('of two offices does not mix, nor of two kinds for one office', async () => {
    const down = { destination: BUNKYO, kind: 'REPORT' as QueueKind };
    const report = { ...UP, kind: 'REPORT' as QueueKind };
    await put(['to Tokyo 1']);
    await put(['to Bunkyo 1'], down);
    await put(['reported to Tokyo'], report);
    await put(['to Tokyo 2']);
    await put(['to Bunkyo 2'], down);
    expect(await contents()).toEqual(['to Tokyo 1', 'to Tokyo 2']);
    expect(await contents(down)).toEqual(['to Bunkyo 1', 'to Bunkyo 2']);
    expect(await contents(report)).toEqual(['reported to Tokyo']);
    expect(await contents({ destination: NATIONAL, kind: 'CHANGE' })).toEqual([]);
    await dequeue(ledger, await positions());
    expect([await contents(), await contents(down), await contents(report)]).toEqual([
      [],
      ['to Bunkyo 1', 'to Bunkyo 2'],
      ['reported to Tokyo'],
    ]);
  });

  it('is as much, and as old, as what was not taken out, kind by kind', async () => {
    const nothing = { depth: 0, oldest: null };
    expect(await queueStanding(ledger, 'CHANGE')).toEqual(nothing);
    await put(['a', 'b']);
    await put(['c'], UP, LATER);
    await put(['d'], { destination: BUNKYO, kind: 'REPORT' }, LATER);
    expect(await queueStanding(ledger, 'CHANGE')).toEqual({ depth: 3, oldest: TEN });
    expect(await queueStanding(ledger, 'REPORT')).toEqual({ depth: 1, oldest: LATER });
    await dequeue(ledger, await positions(UP, 2));
    expect(await queueStanding(ledger, 'CHANGE')).toEqual({ depth: 1, oldest: LATER });
    await dequeue(ledger, await positions());
    expect(await queueStanding(ledger, 'CHANGE')).toEqual(nothing);
  });

  it('is not queued where its transaction is rolled back, and leaves its place to what comes next', async () => {
    const failing = alone(async (trx) => {
      await enqueue(trx, { ...UP, at: TEN }, changes('a', 'b'));
      throw new Error('something else failed');
    });
    await expect(failing).rejects.toThrow('something else failed');
    expect([await contents(), await queueStanding(ledger, 'CHANGE')]).toEqual([[], { depth: 0, oldest: null }]);
    await put(['c']);
    expect(await contents()).toEqual(['c']);
  });

  it('is seen whole or not at all by whoever looks while it is being queued', async () => {
    const seen: Promise<unknown[]>[] = [];
    await alone(async (trx) => {
      for (let i = 0; i < 20; i += 1) {
        seen.push(contents());
        await enqueue(trx, { ...UP, at: TEN }, changes('a', 'b'));
      }
    });
    seen.push(contents());
    const sizes = (await Promise.all(seen)).map((all) => all.length);
    expect(sizes.filter((size) => size !== 0 && size !== 40)).toEqual([]);
    expect(sizes.at(-1)).toBe(40);
  });

  it('has a place of its own each, and stays together, where many queue at the same time', async () => {
    const writers = Array.from({ length: 40 }, (_, i) => [`${i}-first`, `${i}-second`]);
    await Promise.all(writers.map((pair, i) => put(pair, i % 2 ? UP : { destination: BUNKYO, kind: 'REPORT' })));
    const up = await contents();
    const down = await contents({ destination: BUNKYO, kind: 'REPORT' });
    const all = await ledger.selectFrom('outbox').select('position').execute();
    expect(new Set(all.map(({ position }) => Number(position))).size).toBe(80);
    expect([up.length, down.length]).toEqual([40, 40]);
    for (const queue of [up, down]) {
      const firsts = queue.filter((_, i) => i % 2 === 0).map((content) => String(content).split('-')[0]);
      expect(queue).toEqual(firsts.flatMap((nth) => [`${nth}-first`, `${nth}-second`]));
    }
  });
});
