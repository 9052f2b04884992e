import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { compareLogs } from '#core/audit/compare-logs.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { BUNKYO, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { byCode, byFourItems, inquiryFor, ProvisionDesk } from '../support/provision-desk.js';
import { WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   clerk ── TABLE_2_ITEM_4 予防接種法, name and address of somebody ──▶ Bunkyo ══▶ Tokyo, out of its own ledger
 *         ◀──────────────── what was asked for, and nothing else ────── Bunkyo ◀══
 */
const VACCINATION = 'TABLE_2_ITEM_4';
const ENDED = 'ORDINANCE_130001_ITEM_2';
const TO_MAYOR = '/juki.provision.v1.GovernorProvisionService/ProvideToMayor';
const NOBODY = '24846016224';

let network: TestNetwork;
let aResident: () => ResidentRecord;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [BUNKYO, TOKYO] });
  aResident = handingOut(new Town(network.people, SHINJUKU).residents);
});
beforeEach(() => network.clock.set(FRIDAY_MORNING));
afterAll(() => network.remove());

describe.each(WAYS)('A clerk of Bunkyo has the governor asked about somebody of Shinjuku, over $way', ({ way }) => {
  const desk = () => new ProvisionDesk(network, BUNKYO, way);

  it('is told the fields that were asked for, out of the ledger of Tokyo', async () => {
    const somebody = aResident();
    const { name, address } = somebody;
    const reply = await desk().ask(inquiryFor(VACCINATION, 'NAME', 'ADDRESS'), byCode(somebody));
    expect(reply).toEqual({ answer: { outcome: 'PROVIDED', deleted: false, provided: { name, address } } });
  });

  it('leaves it in the logs of both offices, under one exchange and signed by both, with the right and what was given', async () => {
    const somebody = byCode(aResident());
    const { entries } = await network.watch(() => desk().ask(inquiryFor(VACCINATION, 'NAME', 'ADDRESS'), somebody));
    const [asked, received, answered] = entries(BUNKYO);
    const [provided, ...more] = entries(TOKYO);
    const { exchange, proofDigest } = asked ?? {};
    const all = { exchange, operator: 'operator-1', purpose: 'PROVISION' };
    const between = { ...all, procedure: TO_MAYOR, caller: `juki://${BUNKYO}`, answering: TOKYO };
    expect([asked, received]).toMatchObject([
      { ...between, event: 'ASKED', subjects: [expect.any(String)] },
      { ...between, event: 'ANSWER_RECEIVED', outcome: 'OK' },
    ]);
    expect(answered).toMatchObject({ ...all, event: 'ANSWERED', procedure: desk().procedure, outcome: 'OK' });
    expect(provided).toMatchObject({ ...between, event: 'ANSWERED', proofDigest, subjects: [expect.any(String)] });
    expect(provided?.provision).toEqual({
      ...{ statutoryPurpose: VACCINATION, occasion: 'APPLICATION', given: [['NAME ADDRESS', 1]] },
    });
    expect([proofDigest, provided?.receiptDigest]).toEqual([expect.any(String), received?.receiptDigest]);
    expect([answered?.provision, more]).toEqual([undefined, []]);
    const [asking, answering] = [BUNKYO, TOKYO].map((office) => ({ office, entries: entries(office) }));
    expect(asking && answering && compareLogs(asking, answering)).toEqual([]);
  });

  it('finds somebody by all four items, in whichever spelling; only the governor’s log can name them', async () => {
    const somebody = aResident();
    const person = byFourItems(somebody, { name: somebody.name.replace(' ', '　') });
    const { reply, entries } = await network.watch(() =>
      desk().ask(inquiryFor(VACCINATION, 'BIRTH_DATE', 'ADDRESS'), person),
    );
    expect(reply).toEqual({ answer: { outcome: 'AS_STATED', deleted: false, provided: {} } });
    expect(entries(BUNKYO).flatMap(({ subjects }) => subjects)).toEqual([]);
    expect(entries(TOKYO)).toMatchObject([
      { subjects: [expect.any(String)], provision: { given: [['NO_CHANGE', 1]] } },
    ]);
  });

  it('is told only what is not as it was stated', async () => {
    const { name, address, residentRecordCode } = aResident();
    const person = { residentRecordCode, known: { name, address: '新宿区西新宿二丁目8番1号' } };
    const reply = await desk().ask(inquiryFor(VACCINATION, 'NAME', 'ADDRESS'), person);
    expect(reply).toEqual({ answer: { outcome: 'PROVIDED', deleted: false, provided: { address } } });
  });

  it('is told that a record is deleted', async () => {
    const deleted = new Town(network.people, SHINJUKU).records.find(({ deletedOn }) => deletedOn !== null);
    const reply = await desk().ask(inquiryFor(VACCINATION, 'NAME'), byCode(deleted ?? aResident()));
    expect(reply.answer).toMatchObject({ outcome: 'PROVIDED', deleted: true });
  });

  it('is told nothing of a near miss that nobody at all would not be told: neither the answer nor the log shows it', async () => {
    const somebody = aResident();
    const misses = [
      byFourItems(somebody, { name: `${somebody.name}子` }),
      byFourItems(somebody, { birthDate: '1900-01-01' }),
      byFourItems(somebody, { sex: somebody.sex === 'MALE' ? 'FEMALE' : 'MALE' }),
      byFourItems(somebody, { address: `${somebody.address}9` }),
      byCode({ residentRecordCode: NOBODY }),
    ];
    for (const person of misses) {
      const { reply, entries } = await network.watch(() => desk().ask(inquiryFor(VACCINATION, 'NAME'), person));
      expect(reply).toEqual({ answer: { outcome: 'NOT_FOUND' } });
      expect(entries(TOKYO)).toMatchObject([{ outcome: 'OK', subjects: [], provision: { given: [] } }]);
    }
  });

  it('may cite an ordinance of Tokyo to its last day', async () => {
    const somebody = aResident();
    network.clock.set('2016-03-31T10:00:00+09:00');
    expect((await desk().ask(inquiryFor(ENDED, 'NAME'), byCode(somebody))).answer).toMatchObject({
      outcome: 'PROVIDED',
    });
    network.clock.set('2016-04-01T10:00:00+09:00');
    const { reply, entries } = await network.watch(() => desk().ask(inquiryFor(ENDED, 'NAME'), byCode(somebody)));
    expect(reply.refusal).toMatchObject({ reason: 'PURPOSE_NOT_IN_FORCE', field: expect.stringMatching(/^statutory/) });
    expect(entries(TOKYO)).toEqual([]);
  });

  it('is shown what Bunkyo may cite today: tables 2 and 4 as far as they name it, in their order', async () => {
    const purposes = await desk().purposes();
    expect(purposes.map(({ id }) => id)).toEqual([
      ...['TABLE_2_ITEM_1', 'TABLE_2_ITEM_1_3', 'TABLE_2_ITEM_2', 'TABLE_2_ITEM_3', 'TABLE_2_ITEM_4'],
      ...['TABLE_2_ITEM_7_2', 'TABLE_2_ITEM_8'],
      ...['TABLE_4_ITEM_1', 'TABLE_4_ITEM_1_3', 'TABLE_4_ITEM_2', 'TABLE_4_ITEM_3', 'TABLE_4_ITEM_6_2'],
      'TABLE_4_ITEM_7',
    ]);
    expect(purposes[4]).toMatchObject({ table: 2, law: '予防接種法', fields: { length: 6 } });
  });
});

describe('A governor who is down', () => {
  it('does not answer, and the clerk is told which office that is', async () => {
    const somebody = byCode(aResident());
    await network.stop(TOKYO);
    const reply = await new ProvisionDesk(network, BUNKYO).ask(inquiryFor(VACCINATION, 'NAME'), somebody);
    expect(reply.refusal).toMatchObject({ reason: 'OFFICE_UNAVAILABLE', office: TOKYO });
  });
});
