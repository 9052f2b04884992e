import { Agent, request as httpsRequest } from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compareLogs } from '#core/audit/compare-logs.js';
import { isReason } from '#core/domain/refusal.js';
import { CheckHealth, IssueWideAreaCopy } from '#scripts/operator/procedures.js';
import { expectDiscreet } from '../support/bad-input.js';
import { type Application, byCard, byPhotoId, messageOf, overGrpc } from '../support/counter.js';
import { personalDataIn } from '../support/log-lines.js';
import { BUNKYO, NATIONAL, SHINJUKU, SUGINAMI } from '../support/offices.js';
import { Town } from '../support/people.js';
import { headersOf, RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   a thousand applications, good and bad ──▶ Shinjuku ──▶ Bunkyo, Suginami
 *                     every one of them is answered, and every answer is accounted for
 */
const THOUSAND = 1_000;

let network: TestNetwork;
let bunkyo: Town;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, SHINJUKU, BUNKYO, SUGINAMI] });
  bunkyo = new Town(network.people, BUNKYO);
});
afterEach(() => network.remove());

/** Good and bad ones in turn: what is asked, and the name on the copy or the reason of the refusal. */
function applications(): { application: Application; expected: string }[] {
  const good = [
    ...bunkyo.residents.slice(0, 20).map((record) => ({ application: byPhotoId(record), expected: record.name })),
  ];
  const record = bunkyo.memberOfFour;
  const elsewhere = new Town(network.people, SUGINAMI).memberOfFour;
  const bad: [Application, string][] = [
    [byPhotoId(record, { expiresOn: '2016-02-30' }), 'INVALID_REQUEST'],
    [byPhotoId({ ...record, residentRecordCode: '24727059609' }), 'INVALID_REQUEST'],
    [byPhotoId(record, { expiresOn: '2016-05-26' }), 'ID_EXPIRED'],
    [byPhotoId(record, {}, { items: [5] }), 'ITEM_NOT_ALLOWED'],
    [byPhotoId(record, {}, { homeMunicipality: '131041' }), 'OWN_MUNICIPALITY'],
    [byCard(bunkyo.holderOfExpiredCard), 'CARD_INVALID'],
    [byPhotoId(bunkyo.restricted('PROTECTIVE_MEASURE')), 'CONTACT_HOME_MUNICIPALITY'],
    [byPhotoId(record, {}, { whom: { kind: 'NAMED_MEMBERS', names: ['存在 しない'] } }), 'NOT_SAME_HOUSEHOLD'],
  ];
  const fromElsewhere = {
    application: byPhotoId(elsewhere, {}, { homeMunicipality: '131156' }),
    expected: elsewhere.name,
  };
  const all = [...good, fromElsewhere, ...bad.map(([application, expected]) => ({ application, expected }))];
  return Array.from({ length: THOUSAND }, (_, i) => all[i % all.length] as (typeof all)[number]);
}

async function expectHealthy(): Promise<void> {
  const { copy } = await overGrpc.apply(network, SHINJUKU, byCard(bunkyo.cardHolder));
  expect(copy?.records).toHaveLength(1);
  const line = new RawLine(network.node(SHINJUKU).grpcPort, operatorOf(network, SHINJUKU));
  const { messages } = await line.call(CheckHealth.path, CheckHealth.encodeRequest({}));
  line.close();
  expect(CheckHealth.decodeResponse(messages[0] ?? Buffer.alloc(0)).status).toBe('SERVING');
}

async function expectLogsAgree(): Promise<void> {
  const log = async (office: string) => ({ office, entries: await network.node(office).audit.entries() });
  const [shinjuku, home, other] = [await log(SHINJUKU), await log(BUNKYO), await log(SUGINAMI)];
  expect(compareLogs(shinjuku, home)).toEqual([]);
  expect(compareLogs(shinjuku, other)).toEqual([]);
  const answered = shinjuku.entries.filter(({ event }) => event === 'ANSWERED');
  expect(answered.length).toBeGreaterThanOrEqual(THOUSAND);
  expect(new Set(answered.map(({ exchange }) => exchange)).size).toBe(answered.length);
}

describe('A thousand applications at the counter of Shinjuku at the same time', () => {
  it('are all answered over gRPC, each with the copy or the reason that it would get alone', async () => {
    const all = applications();
    const line = new RawLine(network.node(SHINJUKU).grpcPort, operatorOf(network, SHINJUKU));
    const replies = await Promise.all(
      all.map(({ application }) => {
        const bytes = IssueWideAreaCopy.encodeRequest(messageOf(application));
        return line.call(IssueWideAreaCopy.path, bytes, { withinMs: 60_000 });
      }),
    );
    line.close();
    const seen = replies.map(({ reason, messages: [bytes] }) =>
      bytes ? IssueWideAreaCopy.decodeResponse(bytes).records[0]?.name?.name : reason,
    );
    expect(seen).toEqual(all.map(({ expected }) => expected));
    expectDiscreet(replies.map(({ title, status }) => title + status));
    expect(personalDataIn(network.logLines, network.people)).toEqual([]);
    await expectLogsAgree();
    await expectHealthy();
  }, 90_000);

  it('are all answered over HTTPS, each with its copy, its reason, or RATE_LIMITED', async () => {
    const all = applications();
    const { shows, ...card } = operatorOf(network, SHINJUKU);
    const agent = new Agent({ keepAlive: true, maxSockets: 200, ...card });
    const replies = await Promise.all(
      all.map(({ application }) => post(application, agent, headersOf(shows('POST /wide-area-copies')))),
    );
    agent.destroy();
    const expectations = replies.map((seen, i) => seen === 'RATE_LIMITED' || seen === all[i]?.expected);
    expect(replies.filter((_, i) => !expectations[i])).toEqual([]);
    expect(replies.filter((seen) => !isReason(seen)).length).toBeGreaterThan(100);
    expect(personalDataIn(network.logLines, network.people)).toEqual([]);
    await expectLogsAgree();
    await expectHealthy();
  }, 90_000);

  /** @returns the name on the copy, or the reason of the refusal */
  function post(application: Application, agent: Agent, shown: Record<string, string>): Promise<string> {
    const { httpPort: port } = network.node(SHINJUKU);
    const headers = { 'content-type': 'application/json', ...shown };
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', host: 'localhost', port, path: '/wide-area-copies', headers, agent };
      const request = httpsRequest(options, async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        const { reason, records } = JSON.parse(text) as { reason?: string; records?: { name: string }[] };
        resolve(reason ?? records?.[0]?.name ?? 'nothing');
      });
      request.on('error', reject);
      request.end(JSON.stringify(application));
    });
  }
});
