import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Leaf } from '#core/audit/entry.js';
import type { OfficeId } from '#core/domain/office.js';
import { officeFolder } from '#core/trust/credentials.js';
import { verdictText, verifyExports } from '#scripts/audit/verify-exports.js';
import { exportLog } from '#scripts/audit/write-export.js';
import { byCard, overGrpc } from '../support/counter.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Desk } from '../support/desk.js';
import { IN_BUNKYO } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { Town } from '../support/people.js';
import { rewriteLog } from '../support/rewritten-log.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Bunkyo, Shinjuku, Tokyo, the centre ── export their logs ──▶ the verifier: files and authorities' certificates alone
 *                                                                "sound, n entries", or the first wrong one
 */
const OFFICES = [BUNKYO, SHINJUKU, TOKYO, NATIONAL];

let network: TestNetwork;
let folder: string;

beforeEach(async () => {
  network = await startTestNetwork({ offices: OFFICES });
  folder = mkdtempSync(join(tmpdir(), 'juki-exports-'));
  const town = new Town(network.people, BUNKYO);
  await new DailyBusiness(network, BUNKYO).rehouse(town.singles[0] as (typeof town.singles)[number], IN_BUNKYO);
  await network.settle();
  await overGrpc.apply(network, SHINJUKU, byCard(town.cardHolder));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await network.remove();
});

async function verdict() {
  // Of what happens in one moment nobody can tell whether it came before the export.
  network.clock.set(new Date(network.clock.now().getTime() + 60_000));
  for (const office of OFFICES) await exportLog(Object.assign(new Desk(network, office), { office }), folder);
  return verifyExports(folder, officeFolder(network.certs, BUNKYO));
}

const atItsLedger = (office: OfficeId, act: Parameters<TestNetwork['withIdentityLedger']>[1]) =>
  network.withIdentityLedger(office, act);

/** Where Bunkyo answered Shinjuku, and the name of that exchange. */
async function answerOfBunkyo() {
  const entries = await network.node(BUNKYO).audit.entries();
  const position = entries.findIndex(({ event, caller }) => event === 'ANSWERED' && caller === `juki://${SHINJUKU}`);
  return { position, exchange: (entries[position] as Leaf).exchange };
}

describe('The logs of offices that nobody has been at', () => {
  it('are sound, each and against one another', async () => {
    const verified = await verdict();
    expect(verdictText(verified)).toMatch(/\nsound, \d+ entries of 4 offices$/);
    expect(verified.sound && verified.offices.map(({ office }) => office)).toEqual(OFFICES.toSorted());
  });
});

describe('Somebody who has the database of an office', () => {
  it('changes one bit of an entry: the verifier names the entry', async () => {
    const { position } = await answerOfBunkyo();
    await atItsLedger(BUNKYO, async (ledger) => {
      const entry = ledger.selectFrom('audit_entry').select('leaf').where('position', '=', position);
      const { leaf } = await entry.executeTakeFirstOrThrow();
      // J and K differ by one bit.
      const changed = leaf.replace('"outcome":"OK"', '"outcome":"OJ"');
      await ledger.updateTable('audit_entry').set({ leaf: changed }).where('position', '=', position).execute();
    });
    const verified = await verdict();
    expect(verified).toMatchObject({ sound: false, wrong: { office: BUNKYO, position } });
    expect(verdictText(verified)).toContain(`${BUNKYO}, entry ${position}`);
  });

  it('removes what Bunkyo answered, and lays the tree anew: the verifier names the exchange that Shinjuku has', async () => {
    const { position, exchange } = await answerOfBunkyo();
    await atItsLedger(BUNKYO, async (ledger) => {
      await rewriteLog(ledger, { keep: position });
      // Nobody has seen this log since.
      await ledger.deleteFrom('log_witness').execute();
    });
    for (const office of [TOKYO, NATIONAL])
      await atItsLedger(office, (ledger) => ledger.deleteFrom('witnessed_log').execute());
    const verified = await verdict();
    expect(verified.sound).toBe(false);
    expect(verdictText(verified)).toContain(exchange);
  });

  it('cuts the log and has it signed again: the checkpoint that Tokyo has seen contradicts it', async () => {
    await atItsLedger(BUNKYO, (ledger) => rewriteLog(ledger, { keep: 1 }));
    const verified = await verdict();
    expect(verified).toMatchObject({ sound: false, wrong: { office: BUNKYO, other: TOKYO } });
    expect(verdictText(verified)).toMatch(/it was (rewritten|truncated) and signed again$/);
  });
});
