import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enterOperator, findOperator } from '#core/storage/operators.js';
import { officeFolder } from '#core/trust/credentials.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { verdictText, verifyExports } from '#scripts/audit/verify-exports.js';
import { exportLog } from '#scripts/audit/write-export.js';
import { OPERATOR } from '#scripts/certificates/demo-operators.js';
import { ListAlarms } from '#scripts/operator/procedures.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, KANAGAWA, TOKYO, YOKOHAMA } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { byCode, byFourItems, inquiryFor, ProvisionDesk } from '../support/provision-desk.js';
import { WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   clerk ── TABLE_4_ITEM_3, somebody of Kanagawa ──▶ Bunkyo ══▶ Tokyo ══▶ Kanagawa, out of its own ledger
 *         card signs one exchange                        └── the same exchange, the same card ──┘
 */
const VACCINATION = 'TABLE_4_ITEM_3';
const SERVICE = '/juki.provision.v1.GovernorProvisionService';
const THREE = [BUNKYO, TOKYO, KANAGAWA];

let network: TestNetwork;
let aResident: () => ResidentRecord;

beforeAll(async () => {
  network = await startTestNetwork({ offices: THREE });
  aResident = handingOut(new Town(network.people, YOKOHAMA).residents);
});
afterAll(() => network.remove());

describe.each(WAYS)('A clerk of Bunkyo has the network asked about somebody of Yokohama, over $way', ({ way }) => {
  const desk = () => new ProvisionDesk(network, BUNKYO, way);

  it('is told what the governor of Kanagawa tells the governor of Tokyo', async () => {
    const somebody = aResident();
    const { name, address } = somebody;
    const reply = await desk().ask(inquiryFor(VACCINATION, 'NAME', 'ADDRESS'), byCode(somebody), '140007');
    expect(reply).toEqual({ answer: { outcome: 'PROVIDED', deleted: false, provided: { name, address } } });
  });

  it('has it in all three logs under the exchange that the card has signed; Kanagawa’s names the mayor as who was given', async () => {
    const somebody = aResident();
    const inquiry = inquiryFor(VACCINATION, 'RESIDENT_RECORD_CODE');
    const { reply, entries } = await network.watch(() => desk().ask(inquiry, byFourItems(somebody), '140007'));
    expect(reply.answer).toMatchObject({ provided: { residentRecordCode: somebody.residentRecordCode } });
    const [asked] = entries(BUNKYO);
    const all = { exchange: asked?.exchange, operator: OPERATOR, purpose: 'PROVISION' };
    const first = { ...all, procedure: `${SERVICE}/ProvideToMayor`, caller: `juki://${BUNKYO}`, answering: TOKYO };
    const second = {
      ...all,
      procedure: `${SERVICE}/ProvideToGovernor`,
      caller: `juki://${TOKYO}`,
      answering: KANAGAWA,
    };
    expect(entries(BUNKYO)).toMatchObject([
      { ...first, event: 'ASKED', subjects: [] },
      { ...first, event: 'ANSWER_RECEIVED', outcome: 'OK' },
      { ...all, event: 'ANSWERED', procedure: desk().procedure, outcome: 'OK', subjects: [expect.any(String)] },
    ]);
    expect(entries(TOKYO)).toMatchObject([
      { ...second, event: 'ASKED', subjects: [] },
      { ...second, event: 'ANSWER_RECEIVED', outcome: 'OK' },
      { ...first, event: 'ANSWERED', outcome: 'OK', subjects: [expect.any(String)], proofDigest: asked?.proofDigest },
    ]);
    expect(entries(KANAGAWA)).toMatchObject([
      { ...second, event: 'ANSWERED', outcome: 'OK', subjects: [expect.any(String)] },
    ]);
    expect(entries(KANAGAWA)[0]?.provision).toEqual({
      ...{ statutoryPurpose: VACCINATION, occasion: 'APPLICATION', recipient: `juki://${BUNKYO}` },
      given: [['RESIDENT_RECORD_CODE', 1]],
    });
    // The governor in between gives nothing out of its own ledger.
    expect(entries(TOKYO).map(({ provision }) => provision)).toEqual([undefined, undefined, undefined]);
    const nonces = [entries(TOKYO)[0], entries(TOKYO)[2]].map((entry) => entry?.nonce);
    expect(new Set(nonces).size).toBe(2);
  });

  it('is told nothing of whoever is not found, and of no prefecture but the one that was asked', async () => {
    const bunkyo = new Town(network.people, BUNKYO).residents[0] as ResidentRecord;
    const { reply, entries } = await network.watch(() =>
      desk().ask(inquiryFor(VACCINATION, 'NAME'), byCode(bunkyo), '140007'),
    );
    expect(reply).toEqual({ answer: { outcome: 'NOT_FOUND' } });
    expect(entries(KANAGAWA)).toMatchObject([
      { subjects: [], provision: { recipient: `juki://${BUNKYO}`, given: [] } },
    ]);
  });

  it.each([
    ['of the prefecture’s own people', '130001'],
    ['without saying whose', undefined],
    ['of a prefecture that is not in this network', '270008'],
  ])('can not have it asked %s: no other office hears of it', async (_what, prefecture) => {
    const { reply, entries } = await network.watch(() =>
      desk().ask(inquiryFor(VACCINATION, 'NAME'), byCode(aResident()), prefecture),
    );
    expect(reply.refusal).toMatchObject({ reason: 'INVALID_REQUEST', field: 'prefecture' });
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', outcome: 'INVALID_REQUEST' }]);
    expect([entries(TOKYO), entries(KANAGAWA)]).toEqual([[], []]);
  });
});

describe('A clerk of Bunkyo whose own family lives in Yokohama', () => {
  it('raises an alarm in Bunkyo by asking about them', async () => {
    const own = aResident();
    await network.withIdentityLedger(BUNKYO, async (ledger) => {
      const known = await findOperator(ledger, OPERATOR);
      if (known) await enterOperator(ledger, { ...known, own: { name: own.name, address: own.address } });
    });
    await new ProvisionDesk(network, BUNKYO).ask(inquiryFor(VACCINATION, 'SEX'), byFourItems(own), '140007');
    await network.node(BUNKYO).settled();
    const { alarms } = await new Desk(network, BUNKYO).ask(ListAlarms, { purpose: '監査' });
    expect(alarms).toMatchObject([{ pattern: 'PATTERN_OWN_FAMILY', operator: OPERATOR }]);
  });
});

describe('The logs of all three offices', () => {
  it('are sound to whoever verifies them, and against one another', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'juki-exports-'));
    network.clock.set(new Date(network.clock.now().getTime() + 60_000));
    for (const office of THREE) await exportLog(Object.assign(new Desk(network, office), { office }), folder);
    const verified = verifyExports(folder, officeFolder(network.certs, BUNKYO));
    rmSync(folder, { recursive: true, force: true });
    expect(verdictText(verified)).toMatch(/\nsound, \d+ entries of 3 offices$/);
  });
});

describe('The other governor', () => {
  it('who is down does not answer: the clerk is told that, and that it is not the own one', async () => {
    await network.stop(KANAGAWA);
    const reply = await new ProvisionDesk(network, BUNKYO).ask(
      ...([inquiryFor(VACCINATION, 'NAME'), byCode(aResident()), '140007'] as const),
    );
    expect(reply.refusal).toMatchObject({ reason: 'GOVERNOR_UNAVAILABLE' });
  });
});
