import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { Statements } from '#core/trust/statements.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { OPERATOR, SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { revokeCertificates } from '#scripts/certificates/revoke-certificate.js';
import { accountOf } from '../support/accounts.js';
import { expectRefusal } from '../support/bad-input.js';
import { personalDataIn } from '../support/log-lines.js';
import { Looking } from '../support/looking.js';
import { BUNKYO, SHINJUKU, SUGINAMI } from '../support/offices.js';
import { Town } from '../support/people.js';
import { mandateBy, ProvenLine, Prover, type Stated } from '../support/proven-line.js';
import { copyQuestion, isAnswered } from '../support/proven-questions.js';
import { identityIn, RawLine, type RawReply } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   thief, with the server of Shinjuku: its certificate, its key, its ledger, its place on the line
 *      │
 *      ╳  no operator's card
 *      ▼
 *   Bunkyo, which is asked for people
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const WIDE_AREA = 'WIDE_AREA_ISSUANCE';

let network: TestNetwork;
let somebody: ResidentRecord;
let somebodyElse: ResidentRecord;
const lines: RawLine[] = [];
const looking = new Looking();

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO], laterForCredentials: looking.later });
  const bunkyo = new Town(network.people, BUNKYO);
  [somebody, somebodyElse] = [bunkyo.memberOfFour, bunkyo.cardHolder.record];
});
beforeEach(() => network.clock.set(FRIDAY_MORNING));
afterAll(async () => {
  for (const line of lines) line.close();
  await network.remove();
});

type Mandates = ConstructorParameters<typeof Prover>[0]['mandateOf'];

/** Asks Bunkyo with the server's certificate and key, properly proved, and with whatever stands in for a mandate. */
async function ask(mandateOf: Mandates, { whom = somebody, exchange = randomUUID(), operator = OPERATOR } = {}) {
  const { certs, clock } = network;
  const folder = officeFolder(certs, SHINJUKU);
  const statements = new Statements(loadCredentials(folder));
  const prover = new Prover({ asking: SHINJUKU, answering: BUNKYO, clock, statements, mandateOf });
  const raw = new RawLine(network.node(BUNKYO).grpcPort, identityIn(folder));
  lines.push(raw);
  const metadata = { ...accountOf(exchange), 'juki-operator': operator };
  return new ProvenLine(raw, prover).call(ProvideCopyData.path, copyQuestion(whom), { metadata });
}

/** What a card signs, of Shinjuku's first operator where nobody says otherwise. */
function signed(by: { office?: OfficeId; name?: string } = {}, more: { office?: OfficeId; minutes?: number } = {}) {
  const { office = SHINJUKU, name = OPERATOR } = by;
  const { cert: certificate, key } = operatorOf(network, office, name);
  const at = new Date(network.clock.now().getTime() + (more.minutes ?? 0) * 60_000);
  return (stated: Stated) => mandateBy({ certificate, key }, { office: SHINJUKU, ...more, ...stated, at });
}

/** Nothing is told of anybody, and Bunkyo's log has who asked, and that they were refused. */
async function expectNothing(act: () => Promise<RawReply>, reason = 'MANDATE_NOT_VALID'): Promise<void> {
  const before = network.logLines.length;
  const { reply, entries } = await network.watch(act);
  expectRefusal(reply, reason);
  expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', caller: `juki://${SHINJUKU}`, outcome: reason }]);
  const told = [JSON.stringify([reply.title, reply.status.toString()]), ...network.logLines.slice(before)];
  expect(personalDataIn(told, network.people)).toEqual([]);
}

describe('Somebody has stolen Shinjuku’s server with its key, and no operator’s card', () => {
  it('is told nothing by Bunkyo, however well the question is proved', async () => {
    await expectNothing(() => ask(() => undefined));
  });

  it('can not sign with the server’s own key what a card has to sign', async () => {
    const { key, certificate } = loadCredentials(officeFolder(network.certs, SHINJUKU));
    const at = network.clock.now();
    await expectNothing(() => ask((stated) => mandateBy({ certificate, key }, { ...stated, office: SHINJUKU, at })));
  });

  it('has no use for the card of another municipality’s operator', async () => {
    await expectNothing(() => ask(signed({ office: SUGINAMI })));
    await expectNothing(() => ask(signed({ office: SUGINAMI }, { office: SUGINAMI })));
  });

  it('can not have one operator’s card stand for another operator', async () => {
    await expectNothing(() => ask(signed({ name: SECOND_OPERATOR })));
  });
});

describe('Somebody has stolen Shinjuku’s server, and an operator’s card with its PIN', () => {
  it('is told nothing from the moment on that the card is revoked', async () => {
    const withTheCard = () => ask(signed({ name: SECOND_OPERATOR }), { operator: SECOND_OPERATOR });
    expect(isAnswered(await withTheCard())).toBe(true);
    const card = { kind: 'operator', office: SHINJUKU, name: SECOND_OPERATOR } as const;
    revokeCertificates(network.certs, card, new Date(), 'keyCompromise');
    ensureCertificates(network.network, network.certs, new Date());
    looking.now();
    await expectNothing(withTheCard);
  });
});

describe('Somebody has stolen Shinjuku’s server, and found what an operator’s card signed there', () => {
  const served = async () => {
    const exchange = randomUUID();
    const mandate = signed()({ exchange, operator: OPERATOR, purpose: WIDE_AREA });
    expect(isAnswered(await ask(() => mandate, { exchange }))).toBe(true);
    return { exchange, mandate };
  };

  it('can not ask for the same person again with it, nor for another one: it has served', async () => {
    const { exchange, mandate } = await served();
    for (const whom of [somebody, somebodyElse]) {
      await expectNothing(() => ask(() => mandate, { whom, exchange }), 'REPLAYED');
      await expectNothing(() => ask(() => mandate, { whom }));
    }
  });

  it('can not ask for people with what was signed for another purpose', async () => {
    await expectNothing(() => ask((stated) => signed()({ ...stated, purpose: 'FAMILY_REGISTER_NOTICE' })));
  });

  it.each([
    { minutes: -5, when: 'five minutes ago', isGood: true },
    { minutes: -5.001, when: 'a moment more than five minutes ago', isGood: false },
    { minutes: 5, when: 'five minutes ahead', isGood: true },
    { minutes: 5.001, when: 'a moment more than five minutes ahead', isGood: false },
  ])('that was signed $when: good is $isGood', async ({ minutes, isGood }) => {
    const act = () => ask(signed({}, { minutes }));
    if (isGood) expect(isAnswered(await act())).toBe(true);
    else await expectNothing(act);
  });

  it('can not use it after a restart of Bunkyo either: the log knows what was answered', async () => {
    const { exchange, mandate } = await served();
    await network.stop(BUNKYO);
    await network.start(BUNKYO);
    await expectNothing(() => ask(() => mandate, { whom: somebodyElse, exchange }), 'REPLAYED');
  });
});
