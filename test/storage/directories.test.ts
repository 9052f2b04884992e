import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { SignedDirectory } from '#core/domain/directory.js';
import { heldDirectory, highestNumber, keepDirectory } from '#core/storage/directories.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';

const AT = new Date('2016-05-27T10:00:00+09:00');

function signed(text: string): SignedDirectory {
  const [signature, certificate] = [Buffer.alloc(64, 1), Buffer.alloc(600, 2)];
  return { content: Buffer.from(text), at: AT.getTime(), signature, certificate };
}

describeOnEveryDatabase('The directories that an office keeps', (fresh) => {
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
  });
  afterEach(() => ledger.destroy());

  it('are none at first', async () => {
    expect([await heldDirectory(ledger), await highestNumber(ledger)]).toEqual([undefined, 0]);
  });

  it('are held by the highest number, whichever came last', async () => {
    await keepDirectory(ledger, 10, signed('ten'), AT);
    await keepDirectory(ledger, 9, signed('nine'), AT);
    expect(await heldDirectory(ledger)).toEqual(signed('ten'));
    expect(await highestNumber(ledger)).toBe(10);
  });

  it('give way to another of the same number: the one before was of a centre that is believed no more', async () => {
    await keepDirectory(ledger, 1, signed('before'), AT);
    await keepDirectory(ledger, 1, signed('after'), AT);
    expect(await heldDirectory(ledger)).toEqual(signed('after'));
  });
});
