import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { Statements } from '#core/trust/statements.js';
import type { GovernorProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/GovernorProvisionService.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { accountOf } from '../support/accounts.js';
import { BUNKYO, KANAGAWA, KUNITACHI, SHINJUKU, TOKYO, YOKOHAMA } from '../support/offices.js';
import { Town } from '../support/people.js';
import { mandateBy, ProvenLine, Prover, type Stated } from '../support/proven-line.js';
import { isAnswered } from '../support/proven-questions.js';
import { byCode, inquiryFor } from '../support/provision-desk.js';
import { identityIn, RawLine, type RawReply } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Tokyo's server ══ "for the mayor of Bunkyo", properly proved ══▶ Kanagawa
 *      ╳  no card of an operator of Bunkyo
 */
const VACCINATION = 'TABLE_4_ITEM_3';
const ESTATE_AGENTS = 'TABLE_3_ITEM_20';
const { ProvideToGovernor } = procedures<GovernorProvisionServiceDefinition>(
  'juki.provision.v1.GovernorProvisionService',
);

let network: TestNetwork;
let somebody: ResidentRecord;
const lines: RawLine[] = [];

beforeAll(async () => {
  network = await startTestNetwork({ offices: [KANAGAWA], outside: [KUNITACHI] });
  somebody = new Town(network.people, YOKOHAMA).memberOfFour;
});
afterAll(async () => {
  for (const line of lines) line.close();
  await network.remove();
});

type Mandates = ConstructorParameters<typeof Prover>[0]['mandateOf'];

/** The question of Tokyo's server, with whatever stands in for a mandate. */
function ask(mandateOf: Mandates, { purpose = VACCINATION, mayor = '131059', exchange = randomUUID() } = {}) {
  const { certs, clock } = network;
  const folder = officeFolder(certs, TOKYO);
  const statements = new Statements(loadCredentials(folder));
  const prover = new Prover({ asking: TOKYO, answering: KANAGAWA, clock, statements, mandateOf });
  const raw = new RawLine(network.node(KANAGAWA).grpcPort, identityIn(folder));
  lines.push(raw);
  const request = { inquiry: inquiryFor(purpose, 'NAME'), person: byCode(somebody), municipality: mayor };
  const bytes = ProvideToGovernor.encodeRequest(messageOf(ProvideToGovernor.question, request));
  const metadata = { ...accountOf(exchange), 'juki-purpose': 'PROVISION' };
  return new ProvenLine(raw, prover).call(ProvideToGovernor.path, bytes, { metadata });
}

/** What a card of an office signs; for its own office, where nobody says otherwise. */
function signed(by: OfficeId, otherwise: Partial<Stated> & { office?: OfficeId } = {}): Mandates {
  const { cert: certificate, key } = operatorOf(network, by);
  return (stated) => mandateBy({ certificate, key }, { office: by, ...stated, ...otherwise, at: network.clock.now() });
}

async function expectNothing(act: () => Promise<RawReply>, reason = 'MANDATE_NOT_VALID'): Promise<void> {
  const { reply, entries } = await network.watch(act);
  expect([reply.reason, reply.messages]).toEqual([reason, []]);
  expect(entries(KANAGAWA)).toMatchObject([{ event: 'ANSWERED', caller: `juki://${TOKYO}`, outcome: reason }]);
  expect(entries(KANAGAWA)[0]).toMatchObject({ subjects: [] });
  expect(entries(KANAGAWA)[0]?.provision).toBeUndefined();
}

describe('The server of Tokyo asks Kanagawa for the mayor of Bunkyo', () => {
  it('and is answered once, with the card of an operator of Bunkyo', async () => {
    const exchange = randomUUID();
    const { reply, entries } = await network.watch(() => ask(signed(BUNKYO), { exchange }));
    expect(isAnswered(reply)).toBe(true);
    expect(entries(KANAGAWA)).toMatchObject([{ provision: { recipient: `juki://${BUNKYO}` } }]);
    await expectNothing(() => ask(signed(BUNKYO), { exchange }), 'REPLAYED');
  });

  it('and is told nothing without a card', async () => {
    await expectNothing(() => ask(() => undefined));
  });

  it.each([
    ['of its own operator', TOKYO],
    ['of an operator of another mayor of Tokyo', SHINJUKU],
    ['of an operator of Yokohama', YOKOHAMA],
    ['of an operator of the governor who is asked', KANAGAWA],
  ])('and is told nothing with the card %s, whatever that has signed', async (_whose, office) => {
    await expectNothing(() => ask(signed(office)));
    await expectNothing(() => ask(signed(office, { office: BUNKYO })));
    await expectNothing(() => ask(signed(office, { office: TOKYO })));
  });

  it('and is told nothing with what an operator of Bunkyo has signed for another purpose, exchange or operator', async () => {
    await expectNothing(() => ask(signed(BUNKYO, { purpose: 'WIDE_AREA_ISSUANCE' })));
    await expectNothing(() => ask(signed(BUNKYO, { exchange: randomUUID() })));
    await expectNothing(() => ask(signed(BUNKYO, { operator: 'operator-2' })));
    await expectNothing(() => ask(signed(BUNKYO, { office: TOKYO })));
  });

  it('and can not use that card for its own business, nor its own for a mayor’s', async () => {
    await expectNothing(() => ask(signed(BUNKYO), { purpose: ESTATE_AGENTS, mayor: '' }));
    await expectNothing(() => ask(signed(BUNKYO), { mayor: '' }));
    await expectNothing(() => ask(signed(TOKYO), { mayor: '' }), 'PURPOSE_NOT_ALLOWED');
    await expectNothing(() => ask(signed(BUNKYO), { purpose: ESTATE_AGENTS }), 'PURPOSE_NOT_ALLOWED');
    expect(isAnswered(await ask(signed(TOKYO), { purpose: ESTATE_AGENTS, mayor: '' }))).toBe(true);
  });

  it('and is told nothing for a mayor who is outside the network, or is none', async () => {
    await expectNothing(() => ask(signed(KUNITACHI), { mayor: '132152' }), 'NOT_PARTICIPATING');
    await expectNothing(() => ask(signed(BUNKYO), { mayor: '130001' }), 'INVALID_REQUEST');
  });
});
