import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkpointText } from '#core/audit/checkpoint.js';
import { contradictionText, contradicts, readContradiction } from '#core/audit/contradiction.js';
import { type Head, showingBytes } from '#core/domain/head.js';
import { type OfficeId, originOf } from '#core/domain/office.js';
import { deliverChanges } from '#core/peers/deliver-changes.js';
import { QUIET_MS } from '#core/propagation/dispatch.js';
import { logWitnessBy, witnessedLogOf } from '#core/storage/witnesses.js';
import { officeFolder } from '#core/trust/credentials.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { verifyContradiction } from '#scripts/audit/verify-contradiction.js';
import { signersIn } from '#scripts/audit/verify-exports.js';
import { CloseAlarm, GetAlarmEvidence, ListAlarms } from '#scripts/operator/procedures.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Desk } from '../support/desk.js';
import { IN_BUNKYO } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { https } from '../support/raw-line.js';
import { rewriteLog } from '../support/rewritten-log.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Bunkyo ── changes, "my log has 40 entries, and goes on from your 31" ──▶ Tokyo ── the same ──▶ the centre
 *          ◀── verdicts, "I have seen 40", countersigned ──                       ◀── "mine has 75, …" ──
 *
 *   Bunkyo's log is cut or changed by hand, and signed anew ──▶ Tokyo: it contradicts what I have seen; an alarm at both
 */
const PURPOSE = '監査';

let network: TestNetwork;
let aResident: () => ResidentRecord;
let waiting: { act: () => void; ms: number }[];

beforeEach(async () => {
  waiting = [];
  network = await startTestNetwork({
    offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU],
    later: (act, ms) => {
      const one = { act, ms };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
  });
  aResident = handingOut(new Town(network.people, BUNKYO).singles);
});
afterEach(() => network.remove());

/** Somebody in Bunkyo moves within the town, and everybody above hears of it. */
async function aChange(): Promise<void> {
  await new DailyBusiness(network, BUNKYO).rehouse(aResident(), IN_BUNKYO);
  await network.settle();
}

/** Nothing but the certificates that everybody has. */
const authorities = () => signersIn(officeFolder(network.certs, NATIONAL));
const ledgerOf = (office: OfficeId) => network.node(office).audit['db'];
/** What a witness holds of an office's log. */
const held = (witness: OfficeId, office: OfficeId) => witnessedLogOf(ledgerOf(witness), office);
/** What an office has been told that a witness holds of its log. */
const told = (office: OfficeId, witness: OfficeId) => logWitnessBy(ledgerOf(office), witness);
const alarms = async (office: OfficeId) =>
  (await new Desk(network, office).ask(ListAlarms, { purpose: PURPOSE })).alarms;
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

/** One delivery of an office without changes, with this head in it. */
async function show(from: OfficeId, head: Head): Promise<void> {
  const node = network.node(from);
  const shownLog = { headIfAny: async () => head, heed: async () => undefined };
  await deliverChanges({ ...node, shownLog, randomBytes, newId: randomUUID })(TOKYO, []);
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
    for (const { act } of waiting.filter(({ ms }) => ms === QUIET_MS)) act();
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

describe('A head arrives that is not the next one', () => {
  it('contradicts nothing where it comes twice, or after a newer one', async () => {
    await aChange();
    const head = await network.node(BUNKYO).shownLog.headFor(TOKYO);
    await show(BUNKYO, head);
    const once = await held(TOKYO, BUNKYO);
    await show(BUNKYO, head);
    expect(await held(TOKYO, BUNKYO)).toEqual(once);
    await aChange();
    const newer = await held(TOKYO, BUNKYO);
    expect(newer?.size).toBeGreaterThan(once?.size ?? Number.MAX_SAFE_INTEGER);
    await show(BUNKYO, head);
    expect(await held(TOKYO, BUNKYO)).toEqual(newer);
    expect(await alarms(TOKYO)).toEqual([]);
  });

  it('is shown once more from the right size, where an answer was lost', async () => {
    await aChange();
    // Its answer is not heeded.
    await show(BUNKYO, await network.node(BUNKYO).shownLog.headFor(TOKYO));
    expect((await told(BUNKYO, TOKYO))?.size).toBeLessThan((await held(TOKYO, BUNKYO))?.size ?? 0);
    const before = (await held(TOKYO, BUNKYO))?.size;
    await aChange();
    const now = await held(TOKYO, BUNKYO);
    expect(now?.size).toBeGreaterThan(before ?? Number.MAX_SAFE_INTEGER);
    expect((await told(BUNKYO, TOKYO))?.size).toBe(now?.size);
    expect(await alarms(TOKYO)).toEqual([]);
  });
});

describe('Shinjuku shows a head of Bunkyo’s log', () => {
  const FORGERIES: [string, () => Promise<Head>][] = [
    ['that it has signed itself', () => forged(originOf(BUNKYO), originOf(BUNKYO))],
    ['under its own name', () => forged(originOf(BUNKYO), originOf(SHINJUKU))],
    ['that Bunkyo has signed', () => network.node(BUNKYO).shownLog.headFor(TOKYO)],
  ];

  async function forged(origin: string, name: string): Promise<Head> {
    const { statements, clock } = network.node(SHINJUKU);
    const text = checkpointText({ origin, size: 1, root: Buffer.alloc(32, 7), logKey: Buffer.alloc(33, 2) });
    const at = clock.now();
    const showing = { witness: TOKYO, text, fromSize: 0, proof: [], shownAt: at.getTime() };
    const { signature } = await statements.sign(showingBytes(showing), at);
    return { ...showing, checkpoint: statements.signNote(text, name), signature };
  }

  it.each(FORGERIES)('%s: it is not used, is told in the technical log, and accuses nobody', async (_what, forge) => {
    await aChange();
    const before = await held(TOKYO, BUNKYO);
    await show(SHINJUKU, await forge());
    expect([await held(TOKYO, BUNKYO), await held(TOKYO, SHINJUKU)]).toEqual([before, undefined]);
    expect(await alarms(TOKYO)).toEqual([]);
    const logged = network.logLines.map((line) => JSON.parse(line)).filter(({ log }) => log === SHINJUKU);
    expect(logged.map(({ office }) => office)).toEqual([TOKYO]);
  });

  it('that is none: the delivery is refused', async () => {
    const head = await network.node(SHINJUKU).shownLog.headFor(TOKYO);
    const refused = { reason: 'INVALID_REQUEST' };
    await expect(show(SHINJUKU, { ...head, proof: [Buffer.alloc(31)] })).rejects.toMatchObject(refused);
    await expect(show(SHINJUKU, { ...head, fromSize: -1 })).rejects.toMatchObject(refused);
    expect(await held(TOKYO, SHINJUKU)).toBeUndefined();
  });
});
