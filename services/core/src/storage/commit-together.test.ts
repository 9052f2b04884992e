import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely, Transaction } from 'kysely';
import { commitTogether } from './commit-together.js';
import { openLedger } from './ledger.js';
import type { CoreTables } from './tables.js';

describe('Items that are committed together', () => {
  let ledger: Kysely<CoreTables>;
  /** The groups in which items were written, whether or not they were kept. */
  let groups: string[][];
  /** What happens while a group is being written. */
  let during: (group: string[]) => void;
  let commit: (item: string) => Promise<void>;

  beforeEach(async () => {
    ledger = await openLedger('sqlite::memory:');
    groups = [];
    during = () => {};
    commit = commitTogether(ledger, write);
  });

  afterEach(() => ledger.destroy());

  async function write(trx: Transaction<CoreTables>, items: string[]): Promise<void> {
    groups.push(items);
    during(items);
    for (const item of items) {
      await trx
        .insertInto('audit_entry')
        .values({ position: Number(item), exchange: item, leaf: item, nonce: '', purpose: '' })
        .execute();
    }
  }

  const kept = async () =>
    (await ledger.selectFrom('audit_entry').select('leaf').orderBy('position').execute()).map((row) => row.leaf);

  it('share one transaction when they are handed over in one turn of the event loop, in their order', async () => {
    await Promise.all(['1', '2', '3'].map(commit));
    expect(groups).toEqual([['1', '2', '3']]);
    expect(await kept()).toEqual(['1', '2', '3']);
  });

  it('are at most a thousand in one transaction, and all are kept in their order however many come', async () => {
    const items = Array.from({ length: 2_500 }, (_, i) => String(i));
    await Promise.all(items.map(commit));
    expect(groups.map((group) => group.length)).toEqual([1_000, 1_000, 500]);
    expect(await kept()).toEqual(items);
  });

  it('are kept by the time that their caller is told so', async () => {
    await commit('1');
    expect(await kept()).toEqual(['1']);
    await commit('2');
    expect(await kept()).toEqual(['1', '2']);
    expect(groups).toEqual([['1'], ['2']]);
  });

  it('wait together for the next transaction when they come while one is under way', async () => {
    let late: Promise<unknown> = Promise.resolve();
    during = ([item]) => {
      if (item === '1') late = Promise.all(['2', '3', '4'].map(commit));
    };
    await commit('1');
    await late;
    expect(groups).toEqual([['1'], ['2', '3', '4']]);
    expect(await kept()).toEqual(['1', '2', '3', '4']);
  });

  it('are all rejected with the same error when one of their group can not be written, and none is kept', async () => {
    const results = await Promise.allSettled(['1', '2', '2', '3'].map(commit));
    expect(results.map((result) => result.status)).toEqual(Array(4).fill('rejected'));
    expect(new Set(results.map((result) => (result as PromiseRejectedResult).reason)).size).toBe(1);
    expect(await kept()).toEqual([]);
  });

  it('are not held up by a group that failed before them', async () => {
    await commit('1');
    await expect(commit('1')).rejects.toThrow('UNIQUE');
    await commit('2');
    expect(await kept()).toEqual(['1', '2']);
  });

  it('are not held up by a group that fails while they wait', async () => {
    let late: Promise<unknown> = Promise.resolve();
    during = ([item]) => {
      if (item !== '1') return;
      late = commit('2');
      throw new Error('disk full');
    };
    await expect(commit('1')).rejects.toThrow('disk full');
    await late;
    expect(await kept()).toEqual(['2']);
  });

  it('are each kept once, however many come and however they come', async () => {
    const items = Array.from({ length: 500 }, (_, i) => String(i + 1));
    const some = (from: number) => Promise.all(items.slice(from, from + 100).map(commit));
    await Promise.all([some(0), some(100).then(() => some(200)), some(300).then(() => some(400))]);
    expect(await kept()).toEqual(items);
    expect(groups.length).toBeLessThan(items.length / 16);
  });
});
