import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { openLedger } from '#core/storage/ledger.js';
import { countTry, enterOperator, findOperator, forgetTries, type KeptOperator } from '#core/storage/operators.js';
import type { CoreTables } from '#core/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';

const CLERK: KeptOperator = { name: 'operator-1', role: 'CLERK', passwordHash: '$argon2id$1', card: 'a'.repeat(64) };
const AUDITOR: KeptOperator = {
  name: 'operator-2',
  role: 'AUDITOR',
  passwordHash: '$argon2id$2',
  card: 'b'.repeat(64),
};
const NOW = new Date('2016-05-27T01:00:00Z');

describeOnEveryDatabase('The operators of an office', (fresh) => {
  let url: string;
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    url = await fresh();
    ledger = await openLedger(url);
  });
  afterEach(() => ledger.destroy());

  const reopen = async () => {
    await ledger.destroy();
    ledger = await openLedger(url);
  };
  const tryOnce = (name = CLERK.name, now = NOW) => countTry(ledger, name, now);

  it('are there by their names, over a restart too, and nobody else is', async () => {
    await enterOperator(ledger, CLERK);
    await enterOperator(ledger, AUDITOR);
    await reopen();
    expect(await findOperator(ledger, 'operator-1')).toEqual(CLERK);
    expect(await findOperator(ledger, 'operator-2')).toEqual(AUDITOR);
    for (const name of ['operator-3', '', 'OPERATOR-1']) expect(await findOperator(ledger, name)).toBeUndefined();
  });

  it('stay as they are when they are entered again, but for the card', async () => {
    await enterOperator(ledger, CLERK);
    await enterOperator(ledger, { ...CLERK, role: 'SUPERVISOR', passwordHash: '$argon2id$3', card: 'c'.repeat(64) });
    expect(await findOperator(ledger, 'operator-1')).toEqual({ ...CLERK, card: 'c'.repeat(64) });
  });

  it('are residents too, whom their office knows by name and address, where it does', async () => {
    const own = { name: '髙橋 花子', address: '東京都文京区春日一丁目16番21号' };
    const moved = { ...own, address: '東京都文京区本郷七丁目3番1号' };
    await enterOperator(ledger, { ...CLERK, own });
    await enterOperator(ledger, AUDITOR);
    await enterOperator(ledger, CLERK);
    await reopen();
    expect((await findOperator(ledger, CLERK.name))?.own).toEqual(own);
    expect((await findOperator(ledger, AUDITOR.name))?.own).toBeUndefined();
    await enterOperator(ledger, { ...CLERK, own: moved });
    expect((await findOperator(ledger, CLERK.name))?.own).toEqual(moved);
  });

  it('have each try counted, which a restart does not forget, and are locked out by the third', async () => {
    const before = [];
    for (let i = 0; i < 4; i++) {
      before.push(await tryOnce());
      await reopen();
    }
    expect(before).toEqual([
      ...[0, 1, 2].map((failures) => ({ failures, lockedAt: null })),
      { failures: 3, lockedAt: NOW },
    ]);
  });

  it('have their tries counted apart from each other, and nobody’s in the same way', async () => {
    await enterOperator(ledger, CLERK);
    for (let i = 0; i < 3; i++) await tryOnce('nobody');
    expect(await tryOnce('nobody')).toEqual({ failures: 3, lockedAt: NOW });
    expect(await tryOnce()).toEqual({ failures: 0, lockedAt: null });
  });

  it('have every try counted of many at the same time', async () => {
    const before = await Promise.all(Array.from({ length: 2 }, () => tryOnce()));
    expect(before.map(({ failures }) => failures).toSorted()).toEqual([0, 1]);
    expect((await tryOnce()).failures).toBe(2);
  });

  it('begin anew when their tries are forgotten, and others do not', async () => {
    for (let i = 0; i < 3; i++) await tryOnce();
    await tryOnce(AUDITOR.name);
    await forgetTries(ledger, CLERK.name);
    await forgetTries(ledger, CLERK.name);
    expect([await tryOnce(), await tryOnce(AUDITOR.name)].map(({ failures }) => failures)).toEqual([0, 1]);
  });

  it('have no name twice', async () => {
    await Promise.all([enterOperator(ledger, CLERK), enterOperator(ledger, CLERK)]);
    const { count } = await ledger
      .selectFrom('operator')
      .select((row) => row.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(1);
  });
});
