import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCheckpoint } from '#core/audit/checkpoint.js';
import type { Leaf } from '#core/audit/entry.js';
import { leafHash, provesConsistency, provesInclusion } from '#core/audit/merkle-tree.js';
import type { OfficeId } from '#core/domain/office.js';
import { exportLog } from '#scripts/audit/write-export.js';
import {
  CheckEntries,
  GetCheckpoint,
  ListLeaves,
  ProveConsistency,
  ProveInclusion,
  SearchEntries,
} from '#scripts/operator/procedures.js';
import { byCard, overGrpc } from '../support/counter.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, NATIONAL, SHINJUKU } from '../support/offices.js';
import { type CardHolder, handingOut, Town } from '../support/people.js';
import { RegisterDesk } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   operator-5, auditor of Bunkyo ── searches, exports, proves, has checked ──▶ the log of Bunkyo
 *                                 ◀── leaves and signatures; no code, no name, no nonce
 *   everybody else ──╳ ROLE_NOT_ALLOWED
 */
const PURPOSE = '定期の監査';

let network: TestNetwork;
let aHolder: () => CardHolder;
let folder: string;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, BUNKYO, SHINJUKU] });
  aHolder = handingOut(new Town(network.people, BUNKYO).cardHolders);
  folder = mkdtempSync(join(tmpdir(), 'juki-export-'));
  for (let nth = 0; nth < 3; nth += 1) await overGrpc.apply(network, SHINJUKU, byCard(aHolder()));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await network.remove();
});

const auditor = (office: OfficeId = BUNKYO) => new Desk(network, office);

async function headOf(office: OfficeId) {
  const { note, certificate } = await auditor(office).ask(GetCheckpoint, {});
  const text = network.node(SHINJUKU).statements.textSignedBy(office, `juki-net/${office}`, { note, certificate });
  const head = readCheckpoint(text ?? '');
  if (!head) throw new Error('no checkpoint that the office has signed');
  return head;
}

describe('An auditor', () => {
  it('finds the entries that have something in common, with the purposes, page by page', async () => {
    const search = { purpose: PURPOSE, caller: `juki://${SHINJUKU}`, outcome: 'OK' };
    const { entries } = await auditor().ask(SearchEntries, search);
    const leaves = entries.map(({ leaf }) => JSON.parse(leaf) as Leaf);
    expect(leaves).toHaveLength(3);
    expect(new Set(leaves.map(({ procedure }) => procedure))).toEqual(
      new Set(['/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData']),
    );
    const next = Number(entries[0]?.position) + 1;
    const { entries: later } = await auditor().ask(SearchEntries, { ...search, fromPosition: String(next) });
    expect(later).toEqual(entries.slice(1));
  });

  it('finds nothing outside of a time', async () => {
    const at = (day: number) => ({ seconds: String(Date.UTC(2016, 4, day) / 1000), nanos: 0 });
    const during = (since: number, until: number) =>
      auditor().ask(SearchEntries, { purpose: PURPOSE, since: at(since), until: at(until) });
    expect((await during(20, 27)).entries).toEqual([]);
    expect((await during(27, 28)).entries.length).toBeGreaterThan(3);
  });

  it('is shown by the office that an entry is in the log, and that the log has only grown', async () => {
    const before = await headOf(BUNKYO);
    const { leaves } = await auditor().ask(ListLeaves, { fromPosition: '0' });
    const after = await headOf(BUNKYO);
    for (const { position, leaf } of leaves.slice(0, 5)) {
      const { hashes } = await auditor().ask(ProveInclusion, { position, size: String(after.size) });
      const place = { index: Number(position), size: after.size, root: after.root };
      expect(provesInclusion(leafHash(leaf), place, hashes)).toBe(true);
    }
    const sizes = { before: String(before.size), after: String(after.size) };
    const { hashes } = await auditor().ask(ProveConsistency, sizes);
    expect(after.size).toBeGreaterThan(before.size);
    expect(provesConsistency(before, after, hashes)).toBe(true);
  });

  it('is refused a proof of what is not in the log, with the field at fault', async () => {
    for (const [position, size] of [
      ['999999', '5'],
      ['5', '5'],
      ['0', '999999'],
    ] as const)
      expect(await auditor().refusalOf(ProveInclusion, { position, size })).toBe('INVALID_REQUEST');
    expect(await auditor().refusalOf(ProveConsistency, { before: '7', after: '5' })).toBe('INVALID_REQUEST');
  });

  it('has the office hold what stands beside its log against the leaves', async () => {
    const { checked, misfit } = await auditor().ask(CheckEntries, { fromPosition: '0' });
    expect([Number(checked) > 5, misfit]).toEqual([true, null]);
  });

  it('is told of the entry where one bit was changed by hand', async () => {
    const { entries } = await auditor(SHINJUKU).ask(SearchEntries, { purpose: PURPOSE, event: 'ASKED' });
    const { position = '', purpose = '' } = entries[0] ?? {};
    const flipped = `${String.fromCharCode(purpose.charCodeAt(0) ^ 1)}${purpose.slice(1)}`;
    const set = (to: string) =>
      network.withIdentityLedger(SHINJUKU, (ledger) =>
        ledger.updateTable('audit_entry').set({ purpose: to }).where('position', '=', Number(position)).execute(),
      );
    await set(flipped);
    const { misfit } = await auditor(SHINJUKU).ask(CheckEntries, { fromPosition: '0' });
    expect(misfit).toEqual({ position, what: 'MISFIT_PURPOSE' });
    await set(purpose);
  });

  it('sees no resident: neither in what is answered nor in what is exported', async () => {
    const holder = aHolder();
    await new RegisterDesk(network, BUNKYO).record(holder.record);
    const { folder: exported } = await exportLog(Object.assign(auditor(), { office: BUNKYO }), folder);
    const files = readdirSync(exported).map((name) => readFileSync(join(exported, name), 'utf8'));
    const answered = await auditor().ask(SearchEntries, { purpose: PURPOSE });
    const shown = [...files, JSON.stringify(answered)].join('\n');
    const nonces = await network.withIdentityLedger(BUNKYO, (ledger) =>
      ledger.selectFrom('audit_entry').select('nonce').execute(),
    );
    const secrets = [
      ...new Town(network.people, BUNKYO).records.flatMap(({ name, residentRecordCode, address }) => [
        ...[name, residentRecordCode, address],
      ]),
      ...nonces.map(({ nonce }) => nonce),
    ];
    expect(secrets.length).toBeGreaterThan(100);
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
  });

  it('exports into an empty folder alone: what was exported before is not overwritten', async () => {
    const own = join(folder, 'twice');
    const by = Object.assign(auditor(SHINJUKU), { office: SHINJUKU });
    expect((await exportLog(by, own)).size).toBeGreaterThan(3);
    await expect(exportLog(by, own)).rejects.toThrow('is not empty');
  });
});

describe('Whoever is no auditor', () => {
  it.each(['operator-1', 'operator-3', 'operator-4'])('reads no log: %s', async (name) => {
    const desk = new Desk(network, BUNKYO, name);
    expect(await desk.refusalOf(SearchEntries, { purpose: PURPOSE })).toBe('ROLE_NOT_ALLOWED');
    expect(await desk.refusalOf(ListLeaves, { fromPosition: '0' })).toBe('ROLE_NOT_ALLOWED');
  });
});
