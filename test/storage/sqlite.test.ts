import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openLedger } from '#core/storage/ledger.js';

const ROOT = join(import.meta.dirname, '../..');

let folder: string;
let url: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-ledger-'));
  url = `sqlite:${join(folder, 'ledger.sqlite')}`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('A ledger file', () => {
  it('leaves what is to be synced when to the ledger, checks what refers to what, and has one owner', async () => {
    const ledger = await openLedger(url);
    const pragma = async (name: string) =>
      Object.values((await sql.raw(`pragma ${name}`).execute(ledger)).rows[0] ?? {})[0];
    const settings = [await pragma('synchronous'), await pragma('foreign_keys'), await pragma('locking_mode')];
    await ledger.destroy();
    const [NORMAL, ON] = [1, 1];
    expect(settings).toEqual([NORMAL, ON, 'exclusive']);
  });

  it('has the disk asked before a transaction is over that has written, and not for one that has only read', () => {
    const asked = ['stat', 'fdatasync', 'lstat'];
    const notAsked = ['stat', 'lstat'];
    expect(askedOfTheSystem('insert into things values (1)')).toEqual([...asked, ...asked, ...asked]);
    expect(askedOfTheSystem('select * from things')).toEqual([...notAsked, ...notAsked, ...notAsked]);
  }, 30_000);

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

/**
 * What a process asks the system for, by Node's own trace of it, while it does a statement three times, each in a
 * transaction between a `stat` and an `lstat`.
 */
function askedOfTheSystem(statement: string): string[] {
  const trace = join(folder, 'trace.json');
  const script = `
    import { lstat, stat } from 'node:fs/promises';
    import { sql } from 'kysely';
    import { openLedger } from '#core/storage/ledger.js';
    const ledger = await openLedger(${JSON.stringify(url)});
    await sql.raw('create table if not exists things (one integer)').execute(ledger);
    for (let nth = 0; nth < 3; nth += 1) {
      await stat('.');
      await ledger.transaction().execute((trx) => sql.raw(${JSON.stringify(statement)}).execute(trx));
      await lstat('.');
    }
    await ledger.destroy();
  `;
  const flags = ['--trace-event-categories=node.fs.async', `--trace-event-file-pattern=${trace}`];
  execFileSync(process.execPath, [...flags, '--input-type=module', '-e', script], { cwd: ROOT });
  const { traceEvents } = JSON.parse(readFileSync(trace, 'utf8')) as { traceEvents: { ph: string; name: string }[] };
  const ended = traceEvents.filter(({ ph, name }) => ph === 'e' && ['stat', 'fdatasync', 'lstat'].includes(name));
  const names = ended.map(({ name }) => name);
  return names.slice(names.indexOf('stat'), names.lastIndexOf('lstat') + 1);
}

describe('A ledger’s URL', () => {
  it.each(['mysql://localhost/juki', 'ledger.sqlite', ''])('is refused where no ledger can be: “%s”', async (other) => {
    await expect(openLedger(other)).rejects.toThrow('sqlite:<path> or postgres://');
  });
});
