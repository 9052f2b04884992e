import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import type { GovernorProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/GovernorProvisionService.js';
import { MANDATE } from '#core/wire/mandate-text.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { AskForProvision } from '#scripts/operator/procedures.js';
import { accountOf } from '../support/accounts.js';
import { BUNKYO, KANAGAWA, KUNITACHI, TOKYO, YOKOHAMA } from '../support/offices.js';
import { Town } from '../support/people.js';
import { ProvenLine } from '../support/proven-line.js';
import { byCode, byFourItems, inquiryFor, ProvisionDesk } from '../support/provision-desk.js';
import { postJson, RawLine } from '../support/raw-line.js';
import { WAYS } from '../support/register-desk.js';
import { operatorOf } from '../support/seat.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   clerk ── another's purpose, too many keys, too little right ──▶ Bunkyo ──╳  Tokyo hears nothing of it
 *   Bunkyo's server ── what its counter would not have let pass ══▶ Tokyo ──╳  and checks it by itself
 */
const VACCINATION = 'TABLE_2_ITEM_4';
/** 特定非営利活動促進法, 指定都市の長 */
const OF_DESIGNATED_CITIES = 'TABLE_2_ITEM_1_2';
const OF_TOKYO = 'ORDINANCE_130001_ITEM_2';
const { ProvideToMayor } = procedures<GovernorProvisionServiceDefinition>('juki.provision.v1.GovernorProvisionService');

let network: TestNetwork;
let ofBunkyo: ResidentRecord;
let ofYokohama: ResidentRecord;

beforeAll(async () => {
  const offices = [BUNKYO, KUNITACHI, YOKOHAMA, TOKYO, KANAGAWA];
  network = await startTestNetwork({ offices, outside: [KUNITACHI] });
  [ofBunkyo, ofYokohama] = [BUNKYO, YOKOHAMA].map((office) => new Town(network.people, office).memberOfFour) as [
    ResidentRecord,
    ResidentRecord,
  ];
});
beforeEach(() => network.clock.set(FRIDAY_MORNING));
afterAll(() => network.remove());

describe.each(WAYS)('At a counter, over $way', ({ way }) => {
  /** Refused there, logged there, and no other office hears of it. */
  async function refused(office: OfficeId, inquiry: object, person: object, prefecture?: string) {
    const ask = () => new ProvisionDesk(network, office, way).ask(inquiry, person, prefecture);
    const { reply, entries } = await network.watch(ask);
    expect(reply.answer).toBeUndefined();
    expect(entries(office)).toMatchObject([{ event: 'ANSWERED', outcome: reply.refusal?.reason, subjects: [] }]);
    expect([TOKYO, KANAGAWA].flatMap(entries)).toEqual([]);
    return reply.refusal;
  }

  it.each(['TABLE_1_ITEM_77', 'TABLE_3_ITEM_20', 'TABLE_5_ITEM_6', 'TABLE_2_ITEM_99', 'ORDINANCE_130001_ITEM_1'])(
    'a mayor can not cite %s, and is told what may be cited',
    async (purpose) => {
      for (const prefecture of [undefined, '140007'])
        expect(await refused(BUNKYO, inquiryFor(purpose, 'NAME'), byCode(ofBunkyo), prefecture)).toMatchObject({
          reason: 'PURPOSE_NOT_ALLOWED',
          fault: expect.stringMatching(/^may cite TABLE_2_ITEM_1, .*TABLE_2_ITEM_4, .* and 3 more$/),
        });
    },
  );

  it('what is for the heads of designated cities is for Yokohama, and not for Bunkyo', async () => {
    const inquiry = inquiryFor(OF_DESIGNATED_CITIES, 'ADDRESS');
    expect(await refused(BUNKYO, inquiry, byCode(ofBunkyo))).toMatchObject({ reason: 'PURPOSE_NOT_ALLOWED' });
    const { answer } = await new ProvisionDesk(network, YOKOHAMA, way).ask(inquiry, byCode(ofYokohama));
    expect(answer).toMatchObject({ outcome: 'PROVIDED', provided: { address: ofYokohama.address } });
  });

  it('an ordinance of Tokyo is not for a municipality of Kanagawa, while it is for Bunkyo', async () => {
    network.clock.set('2016-03-31T10:00:00+09:00');
    const inquiry = inquiryFor(OF_TOKYO, 'NAME');
    expect(await refused(YOKOHAMA, inquiry, byCode(ofYokohama))).toMatchObject({ reason: 'PURPOSE_NOT_ALLOWED' });
    expect((await new ProvisionDesk(network, BUNKYO, way).ask(inquiry, byCode(ofBunkyo))).refusal).toBeUndefined();
  });

  it('a purpose of table 2 is for people of the prefecture: no other can be named beside it', async () => {
    const refusal = await refused(BUNKYO, inquiryFor(VACCINATION, 'NAME'), byCode(ofYokohama), '140007');
    expect(refusal).toMatchObject({ reason: 'INVALID_REQUEST', field: 'prefecture' });
  });

  it('a municipality outside the network asks nobody', async () => {
    const refusal = await refused(KUNITACHI, inquiryFor(VACCINATION, 'NAME'), byCode(ofBunkyo));
    expect(refusal).toMatchObject({ reason: 'NOT_PARTICIPATING', office: KUNITACHI });
  });

  it.each<[string, () => object]>([
    ['a code and the four items', () => ({ ...byCode(ofBunkyo), ...byFourItems(ofBunkyo) })],
    ['three of the four items', () => ({ fourItems: { ...fourItemsOf(ofBunkyo), address: '' } })],
    ['a part of a name', () => ({ fourItems: { name: ofBunkyo.name } })],
    ['four items beside what is known', () => ({ ...byFourItems(ofBunkyo), known: { name: ofBunkyo.name } })],
    ['a code that is none', () => ({ residentRecordCode: '12345678901' })],
    ['nothing', () => ({})],
  ])('nobody is asked for by %s', async (_what, person) => {
    expect(await refused(BUNKYO, inquiryFor(VACCINATION, 'NAME'), person())).toMatchObject({
      reason: 'INVALID_REQUEST',
    });
  });

  it.each<[string, object]>([
    ['no field', { fields: [] }],
    ['no occasion', { occasion: undefined }],
    ['no purpose', { statutoryPurpose: undefined }],
  ])('nothing is asked with %s', async (_what, otherwise) => {
    const inquiry = { ...inquiryFor(VACCINATION, 'NAME'), ...otherwise };
    expect(await refused(BUNKYO, inquiry, byCode(ofBunkyo))).toMatchObject({ reason: 'INVALID_REQUEST' });
  });

  it('clerks and supervisors ask; a security officer and an auditor do not', async () => {
    const reasonFor = async (operator: string) =>
      (await new ProvisionDesk(network, BUNKYO, way, operator).ask(inquiryFor(VACCINATION, 'SEX'), byCode(ofBunkyo)))
        .refusal?.reason;
    const reasons = await Promise.all([1, 2, 3, 4, 5].map((nth) => reasonFor(`operator-${nth}`)));
    expect(reasons).toEqual([undefined, undefined, undefined, 'ROLE_NOT_ALLOWED', 'ROLE_NOT_ALLOWED']);
  });

  it('who has signed nothing with the card is told nothing, and the governor logs that it was tried', async () => {
    const seated = operatorOf(network, BUNKYO);
    const shows = (method: string) => {
      const { [MANDATE]: _mandate, ...session } = seated.shows(method);
      return session;
    };
    const body = { inquiry: inquiryFor(VACCINATION, 'NAME'), person: byCode(ofBunkyo) };
    const { grpcPort, httpPort } = network.node(BUNKYO);
    const { reply, entries } = await network.watch(async () => {
      if (way === 'HTTPS') return postJson(httpPort, { ...seated, shows }, '/provisions', body);
      const line = new RawLine(grpcPort, { ...seated, shows });
      const bytes = AskForProvision.encodeRequest(messageOf(AskForProvision.question, body));
      return line.call(AskForProvision.path, bytes).finally(() => line.close());
    });
    expect(reply.reason).toBe('MANDATE_NOT_VALID');
    expect(entries(TOKYO)).toMatchObject([{ event: 'ANSWERED', outcome: 'MANDATE_NOT_VALID', subjects: [] }]);
    expect(entries(TOKYO)[0]?.provision).toBeUndefined();
  });
});

describe('The governor of Tokyo, whatever a counter has let pass,', () => {
  async function asked(asking: OfficeId, request: object, account: object = {}) {
    const line = ProvenLine.between(network, asking, TOKYO);
    const bytes = ProvideToMayor.encodeRequest(messageOf(ProvideToMayor.question, request));
    const metadata = { ...accountOf(), 'juki-purpose': 'PROVISION', ...account };
    const { reply, entries } = await network.watch(() => line.call(ProvideToMayor.path, bytes, { metadata }));
    line.close();
    expect(reply.messages).toEqual([]);
    expect(entries(TOKYO)).toMatchObject([{ event: 'ANSWERED', outcome: reply.reason, subjects: [] }]);
    expect(entries(KANAGAWA)).toEqual([]);
    return reply.reason;
  }
  const of = (purpose: string, more: object = {}) => ({
    ...{ inquiry: inquiryFor(purpose, 'NAME'), person: byCode(ofBunkyo), ...more },
  });

  it.each<[string, string, object]>([
    ['another table', 'TABLE_5_ITEM_6', {}],
    ['table 4 about people of Tokyo', 'TABLE_4_ITEM_3', {}],
    ['table 2 about people of Kanagawa', VACCINATION, { prefecture: '140007' }],
    ['an entry that names the heads of designated cities', OF_DESIGNATED_CITIES, {}],
  ])('provides nothing to Bunkyo by %s', async (_what, purpose, more) => {
    expect(await asked(BUNKYO, of(purpose, more))).toBe('PURPOSE_NOT_ALLOWED');
  });

  it('provides nothing by an ordinance that has ended, or with the own prefecture named as another', async () => {
    expect(await asked(BUNKYO, of(OF_TOKYO))).toBe('PURPOSE_NOT_IN_FORCE');
    expect(await asked(BUNKYO, of('TABLE_4_ITEM_3', { prefecture: '130001' }))).toBe('INVALID_REQUEST');
    expect(await asked(BUNKYO, of('TABLE_4_ITEM_3', { prefecture: '270008' }))).toBe('INVALID_REQUEST');
  });

  it('provides nothing to a municipality outside the network, or of another prefecture, or for another term', async () => {
    expect(await asked(KUNITACHI, of(VACCINATION))).toBe('NOT_PARTICIPATING');
    expect(await asked(YOKOHAMA, of(VACCINATION))).toBe('ACCESS_DENIED');
    const wideArea = { 'juki-purpose': 'WIDE_AREA_ISSUANCE' };
    expect(await asked(BUNKYO, of(VACCINATION), wideArea)).toBe('INVALID_REQUEST');
  });
});

function fourItemsOf({ name, birthDate, sex, address }: ResidentRecord) {
  return { name, birthDate, sex, address };
}
