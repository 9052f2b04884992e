import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enterOperator, findOperator } from '#core/storage/operators.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { ListAlarms } from '#scripts/operator/procedures.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, KANAGAWA, TOKYO, YOKOHAMA } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { byCode, byFourItems, inquiryFor, ProvisionDesk } from '../support/provision-desk.js';
import { WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   clerk ── TABLE_5_ITEM_6 旅券法, somebody of Tokyo ──▶ Tokyo, out of its own ledger
 *   clerk ── TABLE_3_ITEM_20 宅地建物取引業法, somebody of Kanagawa ──▶ Tokyo ══▶ Kanagawa
 */
const PASSPORTS = 'TABLE_5_ITEM_6';
const ESTATE_AGENTS = 'TABLE_3_ITEM_20';
const SCHOLARSHIPS = 'ORDINANCE_130001_ITEM_1';
const TO_GOVERNOR = '/juki.provision.v1.GovernorProvisionService/ProvideToGovernor';

let network: TestNetwork;
let ofTokyo: () => ResidentRecord;
let ofKanagawa: () => ResidentRecord;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [TOKYO, KANAGAWA] });
  ofTokyo = handingOut(new Town(network.people, BUNKYO).residents);
  ofKanagawa = handingOut(new Town(network.people, YOKOHAMA).residents);
});
afterAll(() => network.remove());

describe.each(WAYS)('A clerk of the governor of Tokyo, over $way', ({ way }) => {
  const desk = () => new ProvisionDesk(network, TOKYO, way);

  it.each([PASSPORTS, SCHOLARSHIPS])('uses the own ledger for %s, and no other office is asked', async (purpose) => {
    const somebody = ofTokyo();
    const { reply, entries } = await network.watch(() => desk().ask(inquiryFor(purpose, 'ADDRESS'), byCode(somebody)));
    const provided = { address: somebody.address };
    expect(reply).toEqual({ answer: { outcome: 'PROVIDED', deleted: false, provided } });
    expect(entries(TOKYO)).toMatchObject([
      { event: 'ANSWERED', procedure: desk().procedure, operator: 'operator-1', purpose: 'PROVISION', outcome: 'OK' },
    ]);
    const [used] = entries(TOKYO);
    expect(used?.subjects).toHaveLength(1);
    expect(used?.provision).toEqual({ statutoryPurpose: purpose, occasion: 'APPLICATION', given: [['ADDRESS', 1]] });
    expect(entries(KANAGAWA)).toEqual([]);
  });

  it('has the governor of Kanagawa asked by table 3, signed by both, with the card of an operator of Tokyo', async () => {
    const somebody = ofKanagawa();
    const { reply, entries } = await network.watch(() =>
      desk().ask(inquiryFor(ESTATE_AGENTS, 'NAME', 'SEX'), byFourItems(somebody), '140007'),
    );
    expect(reply).toEqual({ answer: { outcome: 'AS_STATED', deleted: false, provided: {} } });
    const [asked, received] = entries(TOKYO);
    const { exchange, proofDigest } = asked ?? {};
    const between = { exchange, procedure: TO_GOVERNOR, caller: `juki://${TOKYO}`, answering: KANAGAWA };
    expect(entries(TOKYO)).toMatchObject([
      { ...between, event: 'ASKED', operator: 'operator-1', purpose: 'PROVISION' },
      { ...between, event: 'ANSWER_RECEIVED', outcome: 'OK' },
      { exchange, event: 'ANSWERED', procedure: desk().procedure, outcome: 'OK' },
    ]);
    const [provided] = entries(KANAGAWA);
    expect(provided).toMatchObject({ ...between, proofDigest, subjects: [expect.any(String)] });
    expect([proofDigest, provided?.receiptDigest]).toEqual([expect.any(String), received?.receiptDigest]);
    expect(provided?.provision).toEqual({
      ...{ statutoryPurpose: ESTATE_AGENTS, occasion: 'APPLICATION', given: [['NO_CHANGE', 1]] },
    });
  });

  it.each([
    ['table 3 without a prefecture', ESTATE_AGENTS, undefined],
    ['table 3 with the own prefecture', ESTATE_AGENTS, '130001'],
    ['table 3 with one that is not in this network', ESTATE_AGENTS, '270008'],
    ['table 5 with another prefecture', PASSPORTS, '140007'],
  ])('can not cite %s', async (_what, purpose, prefecture) => {
    const { reply, entries } = await network.watch(() =>
      desk().ask(inquiryFor(purpose, 'NAME'), byCode(ofKanagawa()), prefecture),
    );
    expect(reply.refusal).toMatchObject({ reason: 'INVALID_REQUEST', field: 'prefecture' });
    expect(entries(TOKYO)).toMatchObject([{ event: 'ANSWERED', outcome: 'INVALID_REQUEST' }]);
    expect(entries(KANAGAWA)).toEqual([]);
  });

  it('is shown what the governor may cite today: tables 3 and 5 and what the ordinances of Tokyo add to 5', async () => {
    const ids = (await desk().purposes()).map(({ id }) => id);
    expect(ids).toHaveLength(30 + 38 + 1);
    expect(ids).toContain(SCHOLARSHIPS);
    // 福島県知事, 沖縄県知事
    expect(ids).not.toContain('TABLE_3_ITEM_29');
    expect(ids).not.toContain('TABLE_3_ITEM_26_2');
    expect(ids.filter((id) => /TABLE_[124]/.test(id))).toEqual([]);
  });
});

describe('An ordinance of Tokyo', () => {
  it('is none of Kanagawa’s: the governor there may not cite it', async () => {
    const { refusal } = await new ProvisionDesk(network, KANAGAWA).ask(
      inquiryFor(SCHOLARSHIPS, 'NAME'),
      byCode(ofKanagawa()),
    );
    expect(refusal).toMatchObject({ reason: 'PURPOSE_NOT_ALLOWED' });
  });
});

describe('A clerk of the governor who uses the ledger about their own family', () => {
  it('raises an alarm, a case or not', async () => {
    const own = ofTokyo();
    await network.withIdentityLedger(TOKYO, async (ledger) => {
      const known = await findOperator(ledger, 'operator-1');
      if (known) await enterOperator(ledger, { ...known, own: { name: own.name, address: own.address } });
    });
    await new ProvisionDesk(network, TOKYO).ask(inquiryFor(PASSPORTS, 'SEX'), byCode(own));
    await network.node(TOKYO).settled();
    const { alarms } = await new Desk(network, TOKYO).ask(ListAlarms, { purpose: '監査' });
    expect(alarms).toMatchObject([{ pattern: 'PATTERN_OWN_FAMILY', operator: 'operator-1' }]);
  });
});
