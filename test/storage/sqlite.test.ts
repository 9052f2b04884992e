import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openLedger } from '#core/storage/ledger.js';

let folder: string;
let url: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-ledger-'));
  url = `sqlite:${join(folder, 'ledger.sqlite')}`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('A ledger file', () => {
  it('is fully durable, checks what refers to what, and has one owner', async () => {
    const ledger = await openLedger(url);
    const pragma = async (name: string) =>
      Object.values((await sql.raw(`pragma ${name}`).execute(ledger)).rows[0] ?? {})[0];
    const settings = [await pragma('synchronous'), await pragma('foreign_keys'), await pragma('locking_mode')];
    await ledger.destroy();
    expect(settings).toEqual([2, 1, 'exclusive']);
  });

  it('is not opened a second time while somebody has it open, and is afterwards', async () => {
    const ledger = await openLedger(url);
    await expect(openLedger(url)).rejects.toThrow(/locked/);
    await ledger.destroy();
    await (await openLedger(url)).destroy();
  }, 30_000);

  it('does what it was asked before on its tables as they are by then, however much was asked meanwhile', async () => {
    const ledger = await openLedger(url);
    const all = async () => (await sql`select * from things`.execute(ledger)).rows;
    await sql`create table things (one integer)`.execute(ledger);
    await sql`insert into things values (1)`.execute(ledger);
    const before = await all();
    await sql`alter table things add column two integer default 2`.execute(ledger);
    const widened = await all();
    for (let i = 0; i < 300; i++) await sql`select ${sql.lit(i)}`.execute(ledger);
    await sql`delete from things`.execute(ledger);
    expect([before, widened, await all()]).toEqual([[{ one: 1 }], [{ one: 1, two: 2 }], []]);
    await ledger.destroy();
  });

  it('is not opened where there is no such folder', async () => {
    await expect(openLedger(`sqlite:${join(folder, 'nowhere', 'ledger.sqlite')}`)).rejects.toThrow();
  });
});

describe('A ledger’s URL', () => {
  it.each(['mysql://localhost/juki', 'ledger.sqlite', ''])('is refused where no ledger can be: “%s”', async (other) => {
    await expect(openLedger(other)).rejects.toThrow('sqlite:<path> or postgres://');
  });
});
