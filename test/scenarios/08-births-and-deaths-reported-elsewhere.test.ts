import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '#core/domain/digest.js';
import type { FamilyRegisterNoticeServiceDefinition } from '#core/wire/generated/juki/register/v1/FamilyRegisterNoticeService.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { expectDiscreet, textsIn } from '../support/bad-input.js';
import { stranger } from '../support/notifications.js';
import { BUNKYO, SHINJUKU, YAMATSURI } from '../support/offices.js';
import { type Couple, type Family, handingOut, Town } from '../support/people.js';
import { birth, death, sendNotices } from '../support/questions.js';
import { RegisterDesk, tablesOf, WAYS } from '../support/register-desk.js';
import { type LoggedEntry, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   family ── 出生届, 死亡届 ──▶ Shinjuku ── NotifyHome (法9条2項) ──▶ Bunkyo, home: enters or deletes ex officio, once
 *                                  │                                    switched off: the notice waits in Shinjuku
 *                                  └── SendWaitingNotices ──▶ the same notice again
 */
const { NotifyHome } = procedures<FamilyRegisterNoticeServiceDefinition>(
  'juki.register.v1.FamilyRegisterNoticeService',
);
const PATIENCE_MS = 10_000;

describe.each(WAYS)('A birth or a death in a family of Bunkyo is reported in Shinjuku, over $way', ({ way }) => {
  let network: TestNetwork;
  let aFamily: () => Family;
  let aCouple: () => Couple;
  let bunkyo: RegisterDesk;
  let shinjuku: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO, YAMATSURI] });
    const town = new Town(network.people, BUNKYO);
    aFamily = handingOut(town.families);
    aCouple = handingOut(town.couples);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
    shinjuku = new RegisterDesk(network, SHINJUKU, way);
  });
  afterAll(() => network.remove());

  const named = ({ name, birthDate, sex }: ResidentRecord) => ({ name, birthDate, sex });
  const born = (parent: ResidentRecord, child = '誕生 はるか') => ({
    homeMunicipality: '131059',
    birth: { parent: named(parent), child: stranger(child, { birthDate: '2016-05-20' }) },
  });
  const died = (deceased: ResidentRecord) => ({
    homeMunicipality: '131059',
    death: { deceased: named(deceased), diedOn: '2016-05-25' },
  });

  /** The notice as it went out, by what both offices logged of it. */
  function expectTold(
    entries: (office: typeof BUNKYO) => LoggedEntry[],
    kind: 'BIRTH' | 'DEATH',
    notice: object,
  ): void {
    const [asked, received, answered, ...more] = entries(SHINJUKU);
    const purpose = 'FAMILY_REGISTER_NOTICE';
    expect(asked).toMatchObject({ event: 'ASKED', procedure: NotifyHome.path, answering: BUNKYO, purpose });
    expect(received).toMatchObject({ event: 'ANSWER_RECEIVED', exchange: asked?.exchange, outcome: 'OK' });
    expect(answered).toMatchObject({ event: 'ANSWERED', purpose: kind, outcome: 'OK' });
    expect(more).toEqual([]);
    const taken = { exchange: asked?.exchange, operator: 'operator-1', purpose, outcome: 'OK' };
    expect(entries(BUNKYO)).toMatchObject([
      { event: 'RECORDED', procedure: `register/${kind}`, ...taken },
      { event: 'ANSWERED', procedure: NotifyHome.path, ...taken },
    ]);
    const bytes = NotifyHome.encodeRequest(messageOf('juki.register.v1.NotifyHomeRequest', notice));
    expect(asked?.requestDigest).toBe(digestOf(asked?.nonce ?? '', bytes));
  }

  it('tells Bunkyo of the birth, with the report and nothing else, and Bunkyo enters the child', async () => {
    const { spouse, householder, all } = aFamily();
    const report = born(spouse);
    const { reply, entries } = await network.watch(() => shinjuku.ask(birth, report));
    expect(reply).toEqual({ notice: { noticeId: expect.any(String), outcome: 'OK' } });
    expectTold(entries, 'BIRTH', { noticeId: reply.notice?.noticeId, birth: report.birth });
    const household = await bunkyo.household(householder);
    expect(household).toHaveLength(all.length + 1);
    const child = household.find(({ name }) => name === '誕生 はるか');
    expect(child).toMatchObject({ relationship: '子', address: householder.address, becameResidentOn: '2016-05-20' });
    const { act } = await bunkyo.newest({ residentRecordCode: child?.residentRecordCode ?? '' });
    expect(act).toMatchObject({ kind: 'BIRTH', operator: 'municipality/131041/operator-1' });
  });

  it('tells Bunkyo of the death, and Bunkyo deletes the record', async () => {
    const [, spouse] = aCouple();
    const report = died(spouse);
    const { reply, entries } = await network.watch(() => shinjuku.ask(death, report));
    expectTold(entries, 'DEATH', { noticeId: reply.notice?.noticeId, death: report.death });
    const { residentRecord } = await bunkyo.newest(spouse);
    expect(residentRecord).toMatchObject({ deletedOn: '2016-05-25', deletionReason: 'DEATH' });
  });

  it('enters nothing in Shinjuku’s own register, and writes nobody into a technical log line', async () => {
    const { spouse } = aFamily();
    const report = born(spouse);
    const before = await tablesOf(network, SHINJUKU);
    const from = network.logLines.length;
    await shinjuku.ask(birth, report);
    const { outgoing_notice: notices, ...register } = await tablesOf(network, SHINJUKU);
    const { outgoing_notice: earlier = [], ...registerBefore } = before;
    expect(register).toEqual(registerBefore);
    expect(notices).toHaveLength(earlier.length + 1);
    expectDiscreet(network.logLines.slice(from), textsIn(report.birth));
  });

  it('keeps the notice while Bunkyo is switched off, sends it when told to, and Bunkyo takes it once', async () => {
    const { spouse, householder, all } = aFamily();
    await network.stop(BUNKYO);
    const { notice } = await shinjuku.ask(birth, born(spouse));
    const waiting = await shinjuku.ask(sendNotices, {});
    await network.start(BUNKYO);
    const sent = await sentOnceHomeIsBack();
    const again = await shinjuku.ask(sendNotices, {});
    expect(notice?.outcome).toBe('WAITING');
    expect(waiting.notices).toEqual([notice]);
    expect(sent).toEqual([{ noticeId: notice?.noticeId, outcome: 'OK' }]);
    expect(again.notices).toEqual([]);
    expect(await bunkyo.household(householder)).toHaveLength(all.length + 1);
  });

  it('passes on why Bunkyo refuses, and sends such a notice no more', async () => {
    const [, spouse] = aCouple();
    await shinjuku.ask(death, died(spouse));
    const again = await shinjuku.ask(death, died(spouse));
    const unknown = await shinjuku.ask(birth, born({ ...spouse, name: '誰 某' }));
    expect([again.notice?.outcome, unknown.notice?.outcome]).toEqual(['RECORD_DELETED', 'NOT_FOUND']);
    expect(await shinjuku.ask(sendNotices, {})).toEqual({ notices: [] });
  });

  it('enters it itself where the home municipality that is named is Shinjuku', async () => {
    const [family] = new Town(network.people, SHINJUKU).families;
    const { spouse, householder, all } = family as Family;
    const { answer } = await shinjuku.act(birth, { ...born(spouse), homeMunicipality: '131041' }, 'BIRTH');
    expect(answer.notice).toBeUndefined();
    expect(await shinjuku.household(householder)).toHaveLength(all.length + 1);
  });

  it('refuses a report for a municipality outside the network, and for none at all, and keeps no notice', async () => {
    const [, spouse] = aCouple();
    const outside = await shinjuku.refused(death, { ...died(spouse), homeMunicipality: '074829' }, 'NOT_PARTICIPATING');
    expect(outside.office).toBe(YAMATSURI);
    await shinjuku.refused(death, { ...died(spouse), homeMunicipality: '011011' }, 'INVALID_REQUEST');
  });

  async function sentOnceHomeIsBack() {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const { notices } = await shinjuku.ask(sendNotices, {});
      if (notices.every(({ outcome }) => outcome !== 'WAITING') || Date.now() > until) return notices;
    }
  }
});
