import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contradictionText, contradicts, readContradiction } from '#core/audit/contradiction.js';
import type { OfficeId } from '#core/domain/office.js';
import { QUIET_MS } from '#core/propagation/dispatch.js';
import { officeFolder } from '#core/trust/credentials.js';
import { verifyContradiction } from '#scripts/audit/verify-contradiction.js';
import { signersIn } from '#scripts/audit/verify-exports.js';
import { CloseAlarm, GetAlarmEvidence } from '#scripts/operator/procedures.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, NATIONAL, TOKYO } from '../support/offices.js';
import { https } from '../support/raw-line.js';
import { rewriteLog } from '../support/rewritten-log.js';
import { operatorOf } from '../support/seat.js';
import type { TestNetwork } from '../support/test-network.js';
import { WitnessedNetwork } from '../support/witnessed-network.js';

/*
 *   Bunkyo ── changes, "my log has 40 entries, and goes on from your 31" ──▶ Tokyo ── the same ──▶ the centre
 *          ◀── verdicts, "I have seen 40", countersigned ──                       ◀── "mine has 75, …" ──
 *
 *   Bunkyo's log is cut or changed by hand, and signed anew ──▶ Tokyo: it contradicts what I have seen; an alarm at both
 */
const PURPOSE = '監査';

let witnessed: WitnessedNetwork;
let network: TestNetwork;

beforeEach(async () => {
  witnessed = await WitnessedNetwork.start();
  network = witnessed.network;
});
afterEach(() => network.remove());

/** Nothing but the certificates that everybody has. */
const authorities = () => signersIn(officeFolder(network.certs, NATIONAL));
const aChange = () => witnessed.aChange();
const held = (witness: OfficeId, office: OfficeId) => witnessed.held(witness, office);
const told = (office: OfficeId, witness: OfficeId) => witnessed.told(office, witness);
const alarms = (office: OfficeId) => witnessed.alarms(office);
const contradicted = (office: OfficeId) => ({ pattern: 'PATTERN_LOG_CONTRADICTED', operator: office });
const close = (office: OfficeId, alarmId: string) =>
  new Desk(network, office).refusalOf(CloseAlarm, { alarmId, finding: 'バックアップからの復元' });

async function evidenceAt(office: OfficeId) {
  const [alarm] = await alarms(office);
  const request = { alarmId: alarm?.alarmId ?? '', purpose: PURPOSE };
  return readContradiction((await new Desk(network, office).ask(GetAlarmEvidence, request)).evidence);
}

async function health(office: OfficeId) {
  const reply = await https(network.node(office).httpPort, operatorOf(network, office), { path: '/health' });
  return JSON.parse(reply.text);
}

/** Somebody who has the database of an office rewrites its log while it is switched off. */
function rewrite(office: OfficeId, how: Parameters<typeof rewriteLog>[1]): Promise<void> {
  return network.withIdentityLedger(office, (ledger) => rewriteLog(ledger, how));
}

describe('Changes climb', () => {
  it('and the heads of the logs with them: the prefecture has seen the municipality’s, the centre the prefecture’s', async () => {
    await aChange();
    const first = await held(TOKYO, BUNKYO);
    await aChange();
    for (const [witness, office] of [
      [TOKYO, BUNKYO],
      [NATIONAL, TOKYO],
    ] as const) {
      const seen = await held(witness, office);
      expect(seen?.size).toBeGreaterThan(0);
      expect((await told(office, witness))?.size).toBe(seen?.size);
      expect(seen?.note.split('\n')[0]).toBe(`juki-net/${office}`);
      expect((await told(office, witness))?.note).toContain(`— juki-net/${witness} `);
    }
    expect((await held(TOKYO, BUNKYO))?.size).toBeGreaterThan(first?.size ?? Number.MAX_SAFE_INTEGER);
    expect(await alarms(TOKYO)).toEqual([]);
  });

  it('and the prefecture sees the centre’s log, which it countersigns with its next delivery', async () => {
    await aChange();
    const seen = await held(TOKYO, NATIONAL);
    expect([seen?.office, await told(NATIONAL, TOKYO)]).toEqual([NATIONAL, undefined]);
    await aChange();
    expect((await told(NATIONAL, TOKYO))?.size).toBe(seen?.size);
    expect((await held(TOKYO, NATIONAL))?.size).toBeGreaterThan(seen?.size ?? Number.MAX_SAFE_INTEGER);
  });

  it('and GET /health says who has seen how much of which log, and since when', async () => {
    await aChange();
    const [above, below] = [await health(TOKYO), await health(BUNKYO)];
    const size = (await held(TOKYO, BUNKYO))?.size;
    expect(below.logs).toEqual({
      witnessedBy: [{ office: TOKYO, size, ageSeconds: 0 }],
      witnessed: [],
      contradicted: [],
    });
    expect(above.logs.witnessed).toContainEqual({ office: BUNKYO, size, ageSeconds: 0 });
    expect(above.warnings).toEqual([]);
  });
});

describe('Nothing changes for an hour', () => {
  it('and an empty delivery shows the office above how far the log has come', async () => {
    await aChange();
    const before = await held(TOKYO, BUNKYO);
    for (const { act } of witnessed.waiting.filter(({ ms }) => ms === QUIET_MS)) act();
    await network.settle();
    expect((await held(TOKYO, BUNKYO))?.size).toBeGreaterThan(before?.size ?? Number.MAX_SAFE_INTEGER);
    expect((await held(NATIONAL, TOKYO))?.size).toBe((await told(TOKYO, NATIONAL))?.size);
  });
});

describe.each([
  { what: 'Bunkyo’s last entries are deleted, and the rest is signed anew', how: { keep: 2 }, why: 'SHORTER' },
  { what: 'One entry of Bunkyo’s log is altered, and the tree laid anew', how: { alter: 1 }, why: 'DOES_NOT_GO_ON' },
])('$what', ({ how, why }) => {
  it('contradicts what Tokyo has seen: both raise an alarm, and keep evidence that a third one can check', async () => {
    for (const _ of [1, 2, 3]) await aChange();
    const seen = await held(TOKYO, BUNKYO);
    await rewrite(BUNKYO, how);
    await aChange();
    for (const office of [TOKYO, BUNKYO]) {
      expect(await alarms(office)).toMatchObject([contradicted(BUNKYO)]);
      const found = await evidenceAt(office);
      expect(found).toMatchObject({ office: BUNKYO, witness: TOKYO, why, kept: { note: seen?.note } });
      expect(await contradicts(found, network.node(NATIONAL).statements)).toEqual({ verdict: 'CONTRADICTS', why });
      const { holds, text } = await verifyContradiction(contradictionText(found), authorities());
      expect([holds, text]).toEqual([true, `${BUNKYO} has shown ${TOKYO} two logs: ${why}`]);
      expect((await health(office)).warnings).toHaveLength(1);
      const entries = await network.node(office).audit.entries(0);
      expect(entries.filter(({ procedure }) => procedure === 'alarm/LOG_CONTRADICTED')).toHaveLength(1);
    }
    expect(await alarms(NATIONAL)).toEqual([]);
  });
});

describe('Tokyo has an alarm about Bunkyo’s log', () => {
  let before: number | undefined;

  beforeEach(async () => {
    for (const _ of [1, 2, 3]) await aChange();
    before = (await held(TOKYO, BUNKYO))?.size;
    await rewrite(BUNKYO, { keep: 2 });
    await aChange();
  });

  it('and takes no head of it meanwhile, but all its changes; and neither office raises a second one', async () => {
    await aChange();
    expect((await held(TOKYO, BUNKYO))?.size).toBe(before);
    for (const office of [TOKYO, BUNKYO]) expect(await alarms(office)).toHaveLength(1);
  });

  it('which a supervisor closes with a finding: the next head counts as a first one, and it goes on from there', async () => {
    for (const office of [TOKYO, BUNKYO]) {
      const [alarm] = await alarms(office);
      expect(await close(office, alarm?.alarmId ?? '')).toBeUndefined();
    }
    await aChange();
    const again = await held(TOKYO, BUNKYO);
    expect((await told(BUNKYO, TOKYO))?.size).toBe(again?.size);
    await aChange();
    expect((await held(TOKYO, BUNKYO))?.size).toBeGreaterThan(again?.size ?? Number.MAX_SAFE_INTEGER);
    for (const office of [TOKYO, BUNKYO]) expect(await alarms(office)).toEqual([]);
    expect((await health(TOKYO)).warnings).toEqual([]);
  });

  it('whose evidence nobody is shown of an alarm that there is not', async () => {
    const request = { alarmId: randomUUID(), purpose: PURPOSE };
    expect(await new Desk(network, TOKYO).refusalOf(GetAlarmEvidence, request)).toBe('NOT_FOUND');
  });
});

describe('The centre’s log is rewritten', () => {
  it('contradicts what Tokyo has seen; the centre hears of it with Tokyo’s next delivery', async () => {
    for (const _ of [1, 2]) await aChange();
    await rewrite(NATIONAL, { alter: 1 });
    await aChange();
    expect(await alarms(TOKYO)).toMatchObject([contradicted(NATIONAL)]);
    await aChange();
    expect(await alarms(NATIONAL)).toMatchObject([contradicted(NATIONAL)]);
    for (const office of [TOKYO, NATIONAL]) {
      const finding = await contradicts(await evidenceAt(office), network.node(BUNKYO).statements);
      expect(finding).toEqual({ verdict: 'CONTRADICTS', why: 'DOES_NOT_GO_ON' });
    }
  });
});
