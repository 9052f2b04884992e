import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { Network } from '#core/network.js';
import { officeFolder } from '#core/trust/credentials.js';
import { MadeLogs } from '../../test/support/exported-logs.js';
import { verifyCommand } from './verify-network.js';

const NETWORK = 'scripts/network.json';
const [BUNKYO, KUNITACHI] = ['municipality/131059', 'municipality/132152'];
const { offices } = Network.load(NETWORK);

let certs: string;
let logs: MadeLogs;
beforeEach(() => {
  certs = mkdtempSync(join(tmpdir(), 'juki-certs-'));
  logs = new MadeLogs();
  logs.writeAuthorities(officeFolder(certs, offices[0]?.office ?? ''));
  for (const { office } of offices) logs.record(office);
  logs.ask(BUNKYO, KUNITACHI);
});
afterEach(() => {
  rmSync(certs, { recursive: true, force: true });
  process.exitCode = 0;
});

/** @returns what is printed, the exit code, and what is left of the exports */
async function run(...options: string[]) {
  const [printed, folders] = [[] as string[], new Set<string>()];
  const exportLog = async (_place: unknown, office: string, folder: string) => {
    folders.add(dirname(folder));
    logs.log(office).write(dirname(folder), { exportedAt: logs.time + 1_000 });
  };
  const verify = verifyCommand(exportLog, (text) => printed.push(text));
  const juki = new Command('juki').option('--certs <folder>').option('--network <file>').option('--json');
  juki.addCommand(new Command('audit').addCommand(verify));
  const given = ['--certs', certs, '--network', NETWORK, ...options, 'audit', 'verify'];
  await juki.parseAsync(given, { from: 'user' });
  const [exported = ''] = folders;
  return {
    printed: printed.join('\n'),
    code: process.exitCode,
    left: readdirSync(dirname(exported)).includes(exported),
  };
}

describe('juki audit verify', () => {
  it('exports every office, and says of each and of all that they are sound', async () => {
    const { printed, code, left } = await run();
    expect(printed.split('\n')).toHaveLength(offices.length + 1);
    expect(printed).toContain(`${BUNKYO}: sound, 3 entries`);
    expect(printed).toContain(`sound, ${offices.length + 3} entries of ${offices.length} offices`);
    expect([code, left]).toEqual([0, false]);
  });

  it('names the first wrong thing in one line, and fails', async () => {
    logs.log(KUNITACHI).entries.splice(1, 1);
    const { printed, code } = await run();
    expect(printed).toMatch(
      new RegExp(`^${KUNITACHI}, exchange \\S+, with ${BUNKYO} entry 1: the answering office has no`),
    );
    expect(printed).not.toContain('\n');
    expect(code).toBe(1);
  });

  it('says the same as data', async () => {
    expect(JSON.parse((await run('--json')).printed)).toMatchObject({ sound: true, entries: offices.length + 3 });
    logs.log(KUNITACHI).entries.splice(1, 1);
    const { printed, code } = await run('--json');
    const wrong = { wrong: 'NOT_LOGGED_BY_ANSWERING_OFFICE', office: KUNITACHI, other: BUNKYO, otherPosition: 1 };
    expect(JSON.parse(printed)).toMatchObject({ sound: false, wrong });
    expect(code).toBe(1);
  });
});
