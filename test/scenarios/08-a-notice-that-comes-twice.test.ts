import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import type { FamilyRegisterNoticeServiceDefinition } from '#core/wire/generated/juki/register/v1/FamilyRegisterNoticeService.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import { Birth } from '#municipality/domain/acts/birth.js';
import { MoveIn } from '#municipality/domain/acts/move-in.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { acceptMoveIn } from '#municipality/use-cases/accept-move-in.js';
import { receiveFamilyRegisterNotice } from '#municipality/use-cases/receive-family-register-notice.js';
import { accountOf } from '../support/accounts.js';
import { Certificates, foundCountry } from '../support/country.js';
import { firstRecord, stranger, TODAY } from '../support/notifications.js';
import { BUNKYO, SHINJUKU, SUGINAMI, YAMATSURI } from '../support/offices.js';
import { type Family, handingOut, Town } from '../support/people.js';
import { ProvenLine } from '../support/proven-line.js';
import { RegisterDesk, tablesOf } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Shinjuku ── NotifyHome, id 1 ──▶ Bunkyo: entered
 *            ── NotifyHome, id 1 ──▶ Bunkyo: answered as the first time; nothing is entered
 *            ── NotifyHome, id 1, another content ──▶ ID_REUSED
 */
const { NotifyHome } = procedures<FamilyRegisterNoticeServiceDefinition>(
  'juki.register.v1.FamilyRegisterNoticeService',
);

describe('The same notice comes to Bunkyo more than once', () => {
  let network: TestNetwork;
  let bunkyo: RegisterDesk;
  let aFamily: () => Family;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
    bunkyo = new RegisterDesk(network, BUNKYO);
    aFamily = handingOut(new Town(network.people, BUNKYO).families);
  });
  afterAll(() => network.remove());

  const lineOf = (from: OfficeId) => ProvenLine.between(network, from, BUNKYO);
  function notice(noticeId: string, parent: ResidentRecord, child: string): Buffer {
    const { name, birthDate, sex } = parent;
    const event = { parent: { name, birthDate, sex }, child: stranger(child, { birthDate: '2016-05-20' }) };
    return NotifyHome.encodeRequest(messageOf('juki.register.v1.NotifyHomeRequest', { noticeId, birth: event }));
  }
  function send(line: ProvenLine, bytes: Buffer) {
    const metadata = { ...accountOf(), 'juki-purpose': 'FAMILY_REGISTER_NOTICE' };
    return line.call(NotifyHome.path, bytes, { metadata });
  }
  async function notify(noticeId: string, parent: ResidentRecord, child: string, from: OfficeId = SHINJUKU) {
    const line = lineOf(from);
    const { reply, entries } = await network.watch(() => send(line, notice(noticeId, parent, child)));
    line.close();
    return { reply, entries: entries(BUNKYO) };
  }
  const anId = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;

  it('answers it as the first time, and enters the child once', async () => {
    const { spouse, householder, all } = aFamily();
    await notify(anId(1), spouse, '誕生 いちど');
    const before = await tablesOf(network, BUNKYO);
    const { reply, entries } = await notify(anId(1), spouse, '誕生 いちど');
    expect(reply).toMatchObject({ code: 0, reason: undefined });
    expect(entries).toMatchObject([{ event: 'ANSWERED', outcome: 'OK' }]);
    expect(await tablesOf(network, BUNKYO)).toEqual(before);
    expect(await bunkyo.household(householder)).toHaveLength(all.length + 1);
  });

  it('refuses another content under its id, and the same from another municipality, as ID_REUSED', async () => {
    const { spouse } = aFamily();
    await notify(anId(2), spouse, '誕生 ことし');
    const before = await tablesOf(network, BUNKYO);
    const another = await notify(anId(2), spouse, '誕生 べつじん');
    const elsewhere = await notify(anId(2), spouse, '誕生 ことし', SUGINAMI);
    expect([another.reply.reason, elsewhere.reply.reason]).toEqual(['ID_REUSED', 'ID_REUSED']);
    expect(another.entries).toMatchObject([{ event: 'ANSWERED', outcome: 'ID_REUSED' }]);
    expect(await tablesOf(network, BUNKYO)).toEqual(before);
  });

  it('enters the child once where the notice comes ten times at the same moment', async () => {
    const { spouse, householder, all } = aFamily();
    const line = lineOf(SHINJUKU);
    const bytes = notice(anId(3), spouse, '誕生 どうじ');
    const replies = await Promise.all(Array.from({ length: 10 }, () => send(line, bytes)));
    line.close();
    expect(await bunkyo.household(householder)).toHaveLength(all.length + 1);
    expect(new Set(replies.map(({ reason }) => reason))).toEqual(new Set([undefined]));
  });

  it('refuses a notice of a municipality outside the network', async () => {
    const { spouse } = aFamily();
    const { reply } = await notify(anId(4), spouse, '誕生 そとの', YAMATSURI);
    expect(reply).toMatchObject({ reason: 'NOT_PARTICIPATING', details: { office: YAMATSURI } });
  });

  it('answers it as the first time where two are under way in the same moment, whichever database keeps them', async () => {
    const certificates = new Certificates();
    const country = await foundCountry(certificates);
    const counter = country.counter(BUNKYO);
    await acceptMoveIn(counter, MoveIn.parse(firstRecord('親野 ひとり')), country.exchange(BUNKYO));
    const { name, birthDate, sex } = stranger('親野 ひとり');
    const event = {
      parent: { name, birthDate, sex: sex as 'FEMALE' },
      child: stranger('誕生 ふたて', { birthDate: TODAY }),
    };
    const notice = { noticeId: anId(5), birth: Birth.parse(event) };
    const receive = () => receiveFamilyRegisterNotice(counter, SHINJUKU, notice, country.exchange(BUNKYO));
    const outcomes = await Promise.allSettled([receive(), receive()]);
    await country.close();
    certificates.remove();
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });
});
