import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compareLogs } from '#core/audit/compare-logs.js';
import type { OfficeId } from '#core/domain/office.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { OPERATOR, SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { CheckHealth } from '#scripts/operator/procedures.js';
import { accountOf } from '../support/accounts.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { BUNKYO, NATIONAL, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { ProvenLine } from '../support/proven-line.js';
import { copyQuestion } from '../support/proven-questions.js';
import { https, type Identity, RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';
import { TestPki } from '../support/test-pki.js';

/*
 *   operator ── one call too many ──────────────▶ Bunkyo: RATE_LIMITED, and in how many seconds
 *   operator ── goes on knocking ───────────────▶ Bunkyo: the first refusal is logged, the others are counted
 *   Shinjuku, operator-1 ── people, people ─────▶ Bunkyo: RATE_LIMITED, and Shinjuku's operator-2 is answered
 *   nobody whom the network knows ──────────────▶ Bunkyo: RATE_LIMITED, whatever the certificate says
 */
const ALLOWANCES = {
  office: { burst: 8, perMinute: 60 },
  agency: { burst: 4, perMinute: 60 },
  operator: { burst: 6, perMinute: 20 },
  askingOperator: { burst: 3, perMinute: 6 },
  stranger: { burst: 2, perMinute: 2 },
};
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const CLERK = 'juki://municipality/131059/operator/operator-1';

let network: TestNetwork;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, SHINJUKU, BUNKYO], allowances: ALLOWANCES });
});
afterEach(() => network.remove());

/** What a call comes to: OK, or the reason and after how many seconds to come again. */
type Knock = (identity: Identity) => Promise<string>;

const overGrpcLine: Knock = async (identity) => {
  const line = new RawLine(network.node(BUNKYO).grpcPort, identity);
  const { code, reason = 'nothing', details } = await line.call(CheckHealth.path);
  line.close();
  return code === 0 ? 'OK' : [reason, details.retryAfterSeconds ?? ''].join(' ').trim();
};

const overHttps: Knock = async (identity) => {
  const {
    status,
    reason = 'nothing',
    headers,
  } = await https(network.node(BUNKYO).httpPort, identity, {
    path: '/health',
  });
  return status === 200 ? 'OK' : [reason, headers['retry-after'] ?? ''].join(' ').trim();
};

const WAYS = [
  { way: 'gRPC', knock: overGrpcLine, otherWay: overHttps },
  { way: 'HTTPS', knock: overHttps, otherWay: overGrpcLine },
];

const operator = (name = OPERATOR, office = BUNKYO) => operatorOf(network, office, name);

async function knocks(knock: Knock, identity: Identity, times: number): Promise<string[]> {
  const outcomes: string[] = [];
  while (outcomes.length < times) outcomes.push(await knock(identity));
  return outcomes;
}

/** What couriers ask by themselves is left out. */
async function entriesOf(office: OfficeId) {
  const entries = await network.node(office).audit.entries();
  return entries.filter((entry) => entry.operator !== 'courier');
}

/** What the log of Bunkyo has of refusals for the rate, once the node has stopped and started. */
async function loggedLimits() {
  await network.stop(BUNKYO);
  await network.start(BUNKYO);
  const limited = (await entriesOf(BUNKYO)).filter(({ outcome }) => outcome === 'RATE_LIMITED');
  return limited.map(({ event, caller, purpose }) => ({ event, caller, purpose }));
}

describe.each(WAYS)('An operator of Bunkyo who calls too often over $way', ({ knock, otherWay }) => {
  it('is refused as RATE_LIMITED, either way, and let in again after the seconds that it was told', async () => {
    const refused = 'RATE_LIMITED 3';
    expect(await knocks(knock, operator(), 7)).toEqual([...Array(6).fill('OK'), refused]);
    expect(await otherWay(operator())).toBe(refused);
    expect(await knock(operator(SECOND_OPERATOR))).toBe('OK');
    network.clock.set('2016-05-27T10:00:02+09:00');
    expect(await knock(operator())).toBe('RATE_LIMITED 1');
    network.clock.set('2016-05-27T10:00:03+09:00');
    expect(await knocks(knock, operator(), 2)).toEqual(['OK', refused]);
  });

  it('does not fill the log by going on: the first refusal is an entry, the others are one together', async () => {
    const lines = () => network.logLines.filter((line) => line.includes('RATE_LIMITED')).length;
    await knocks(knock, operator(), 6 + 40);
    const before = await entriesOf(BUNKYO);
    expect(before.filter(({ outcome }) => outcome === 'RATE_LIMITED')).toHaveLength(1);
    expect(lines()).toBeLessThanOrEqual(1);
    expect(await loggedLimits()).toEqual([
      { event: 'ANSWERED', caller: CLERK, purpose: '' },
      { event: 'RECORDED', caller: CLERK, purpose: 'REFUSED_AGAIN 39' },
    ]);
  });

  it('takes nothing of what others may: an operator of another office has an allowance, and so has an agency', async () => {
    const agency = new TestPki(network.certs).issue({ by: 'agencies', names: ['juki://agency/pension-service'] });
    await knocks(knock, operator(), 7);
    expect(await knocks(knock, operator(OPERATOR, SHINJUKU), 1)).not.toEqual([expect.stringMatching(/^RATE/)]);
    expect(await knocks(knock, agency, 5)).toEqual([...Array(4).fill('OK'), 'RATE_LIMITED 1']);
  });
});

describe.each(WAYS)('Callers whom nobody knows, over $way', ({ knock, otherWay }) => {
  it('share what their address may, and nobody else is refused for it', async () => {
    const pki = new TestPki(network.certs);
    const nobody = pki.issue({ names: [] });
    const another = pki.issue({ names: ['https://municipality/131041'] });
    expect(await knocks(knock, nobody, 3)).toEqual(['CALLER_UNKNOWN', 'CALLER_UNKNOWN', 'RATE_LIMITED 30']);
    expect([await knock(another), await otherWay(nobody)]).toEqual(Array(2).fill('RATE_LIMITED 30'));
    expect(await knock(operator())).toBe('OK');
    expect(await loggedLimits()).toEqual([
      { event: 'ANSWERED', caller: '', purpose: '' },
      { event: 'RECORDED', caller: '', purpose: 'REFUSED_AGAIN 2' },
    ]);
  });
});

describe('Callers whom TLS turns away', () => {
  it('do not fill the technical log', async () => {
    const { ca } = operator();
    const { grpcPort, httpPort } = network.node(BUNKYO);
    for (const port of Array(10).fill([grpcPort, httpPort]).flat()) await closedBy(port, { ca }, 'hello');
    const told = network.logLines.filter((line) => line.includes('connection refused'));
    expect(told).toHaveLength(ALLOWANCES.stranger.burst);
  });
});

describe('An operator who sends bytes that are no request', () => {
  it('is told so as often as it may call, then that it is too much, then hung up on without an entry', async () => {
    const { httpPort } = network.node(BUNKYO);
    const answers: string[] = [];
    while (answers.length < 10) answers.push(await closedBy(httpPort, operator(), 'NONSENSE\r\n\r\n'));
    const statuses = answers.map((answer) => answer.slice('HTTP/1.1 '.length, 'HTTP/1.1 400'.length));
    expect(statuses).toEqual([...Array(6).fill('400'), '429', '', '', '']);
    expect(await entriesOf(BUNKYO)).toHaveLength(7);
    expect((await loggedLimits()).at(-1)).toEqual({ event: 'RECORDED', caller: CLERK, purpose: 'REFUSED_AGAIN 3' });
  });
});

describe('Operators of Shinjuku ask Bunkyo about people', () => {
  it('each so many, all of them together as many as their office may', async () => {
    const question = copyQuestion(new Town(network.people, BUNKYO).memberOfFour);
    const line = ProvenLine.between(network, SHINJUKU, BUNKYO);
    const ask = async (name: string) => {
      const metadata = { ...accountOf(), 'juki-operator': name };
      const { code, reason, details } = await line.call(ProvideCopyData.path, question, { metadata });
      return code === 0 ? 'OK' : `${reason} ${details.retryAfterSeconds}`;
    };
    const asked: Record<string, string[]> = {};
    for (const name of ['operator-1', 'operator-2', 'operator-3'])
      asked[name] = [await ask(name), await ask(name), await ask(name), await ask(name)];
    line.close();
    expect(asked).toEqual({
      'operator-1': ['OK', 'OK', 'OK', 'RATE_LIMITED 10'],
      'operator-2': ['OK', 'OK', 'OK', 'RATE_LIMITED 10'],
      'operator-3': ['OK', 'OK', 'RATE_LIMITED 1', 'RATE_LIMITED 1'],
    });
  });

  it('and the counter there is told how long to wait, while both logs agree', async () => {
    const application = byPhotoId(new Town(network.people, BUNKYO).memberOfFour);
    const replies = [];
    while (replies.length < 6) replies.push(await overGrpc.apply(network, SHINJUKU, application));
    expect(replies.map(({ copy }) => copy !== undefined)).toEqual([true, true, true, false, false, false]);
    expect(replies.at(-1)).toMatchObject({ reason: 'RATE_LIMITED', office: BUNKYO, retryAfterSeconds: 10 });
    const [asking, answering] = [await entriesOf(SHINJUKU), await entriesOf(BUNKYO)];
    const logs = [asking, answering].map((entries, i) => ({ office: [SHINJUKU, BUNKYO][i] ?? '', entries }));
    expect(asking.filter(({ event }) => event === 'ASKED')).toHaveLength(6);
    expect(answering.filter(({ outcome }) => outcome === 'RATE_LIMITED')).toHaveLength(1);
    const [one, other] = logs;
    expect(one && other && compareLogs(one, other)).toEqual([]);
  });
});

/** Says some words over TLS. @returns what came back until the connection was closed */
function closedBy(port: number, identity: Identity, words: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ ...identity, host: 'localhost', port }, () => socket.write(words));
    const answer: Buffer[] = [];
    socket.on('data', (bytes) => answer.push(bytes));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(answer).toString()));
    socket.setTimeout(5_000, () => socket.destroy());
  });
}
