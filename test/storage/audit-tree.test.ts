import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  provesConsistency,
  provesInclusion,
  rootHash,
} from '#core/audit/merkle-tree.js';
import { subtreesIn, TileWriter } from '#core/audit/tiles.js';
import { appendEntries, type EntryDraft } from '#core/storage/audit-entries.js';
import { fromTree } from '#core/storage/audit-tiles.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { describeOnEveryDatabase } from '../support/every-database.js';

function draft(nth: number): EntryDraft {
  return {
    ...{
      event: 'ANSWERED' as const,
      exchange: `exchange ${nth}`,
      caller: 'juki://national',
      nonce: NONCE,
      purpose: 'a test',
    },
    ...{ concerns: [], evidence: {}, leafWith: () => leafOf(nth) },
  };
}

const nobody = () => '';
const leafOf = (nth: number) => `{"nth":${nth}}`;

/** The root over the first leaves, without a database. */
function rootOf(size: number): Buffer {
  const writer = new TileWriter([]);
  writer.append(
    Array.from({ length: size }, (_, nth) => leafHash(leafOf(nth))),
    { size: 0 },
  );
  return rootHash(size, subtreesIn(writer.tiles));
}

describeOnEveryDatabase('The tree over a log', (fresh) => {
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
  });
  afterEach(() => ledger.destroy());

  const append = (from: number, to: number) =>
    ledger.transaction().execute((trx) =>
      appendEntries(
        trx,
        Array.from({ length: to - from }, (_, i) => draft(from + i)),
        nobody,
      ),
    );
  const root = (size: number) => fromTree(ledger, (full) => rootHash(size, full));

  it('is over the leaves of all entries, one by one or many at once', async () => {
    const sizes = [1, 2, 3, 255, 256, 257, 600];
    let from = 0;
    for (const size of sizes) {
      await append(from, size);
      expect(await root(size)).toEqual(rootOf(size));
      from = size;
    }
    for (const size of sizes) expect(await root(size)).toEqual(rootOf(size));
  });

  it('proves that an entry is in it, and that it has only grown', async () => {
    await append(0, 300);
    const [before, leaf] = [await root(300), leafHash(leafOf(123))];
    const inclusion = await fromTree(ledger, (full) => inclusionProof(123, 300, full));
    expect(provesInclusion(leaf, { index: 123, size: 300, root: before }, inclusion)).toBe(true);
    await append(300, 700);
    const consistency = await fromTree(ledger, (full) => consistencyProof(300, 700, full));
    const [old, now] = [
      { size: 300, root: before },
      { size: 700, root: await root(700) },
    ];
    expect(provesConsistency(old, now, consistency)).toBe(true);
  });

  it('is as it was where a transaction is rolled back', async () => {
    await append(0, 10);
    const broken = ledger.transaction().execute(async (trx) => {
      await appendEntries(trx, [draft(10), draft(11)], nobody);
      throw new Error('something else failed');
    });
    await expect(broken).rejects.toThrow('something else failed');
    await expect(root(11)).rejects.toThrow(RangeError);
    await append(10, 11);
    expect(await root(11)).toEqual(rootOf(11));
  });

  it('is dense where entries come at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, () => append(0, 1)));
    const size = 20;
    const writer = new TileWriter([]);
    writer.append(Array(size).fill(leafHash(leafOf(0))), { size: 0 });
    expect(await root(size)).toEqual(rootHash(size, subtreesIn(writer.tiles)));
  });
});
