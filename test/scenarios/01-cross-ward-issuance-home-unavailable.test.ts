import { createSecureServer } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compareLogs } from '#core/audit/compare-logs.js';
import { officeFolder } from '#core/trust/credentials.js';
import { byCard, byPhotoId, overGrpc, overHttps } from '../support/counter.js';
import { BUNKYO, NATIONAL, SHINJUKU, SUGINAMI } from '../support/offices.js';
import { Town } from '../support/people.js';
import { identityIn } from '../support/raw-line.js';
import { type Applied, applyingOver } from '../support/refusals.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   applicant ──▶ Shinjuku ──?──▶ Bunkyo: switched off, or silent
 *                    │
 *                    └─▶ HOME_UNAVAILABLE within five seconds; Suginami is asked as ever
 */
const DEADLINE_MS = 5_000;
const MARGIN_MS = 1_500;

let network: TestNetwork;
let bunkyo: Town;
/** What stands in Bunkyo's place. */
let silent: { server: Server; sockets: Set<Socket> } | undefined;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, SHINJUKU, BUNKYO, SUGINAMI] });
  bunkyo = new Town(network.people, BUNKYO);
});
afterEach(async () => {
  await leave();
  await network.remove();
});

/** Puts a server in the place of Bunkyo's gRPC server, which has to be stopped. */
async function standIn(server: Server, port: number): Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  silent = { server, sockets };
}

async function leave(): Promise<void> {
  const { server, sockets } = silent ?? {};
  silent = undefined;
  for (const socket of sockets ?? []) socket.destroy();
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
}

async function timed<T>(act: () => Promise<T>): Promise<{ outcome: T; ms: number }> {
  const startedAt = performance.now();
  return { outcome: await act(), ms: performance.now() - startedAt };
}

/** Shinjuku's counter says that home does not answer; its log, that it asked and that no answer arrived. */
function expectHomeUnavailable({ reply, entries }: Applied): void {
  expect(reply).toMatchObject({ reason: 'HOME_UNAVAILABLE', office: BUNKYO });
  const [asked, received, answered, ...more] = entries(SHINJUKU);
  expect(asked).toMatchObject({ event: 'ASKED', answering: BUNKYO });
  expect(received).toMatchObject({ event: 'ANSWER_RECEIVED', outcome: 'OFFICE_UNAVAILABLE', answerDigest: null });
  expect(answered).toMatchObject({ event: 'ANSWERED', outcome: 'HOME_UNAVAILABLE', answering: SHINJUKU });
  expect(more).toEqual([]);
}

/** Once home is back, the counter reaches it again by itself; connecting anew takes up to two seconds. */
async function expectIssuedAgain(): Promise<void> {
  const until = Date.now() + DEADLINE_MS;
  let reason: string | undefined = 'HOME_UNAVAILABLE';
  while (reason === 'HOME_UNAVAILABLE' && Date.now() < until)
    ({ reason } = await overGrpc.apply(network, SHINJUKU, byCard(bunkyo.cardHolder)));
  const { copy } = await overGrpc.apply(network, SHINJUKU, byCard(bunkyo.cardHolder));
  expect(copy?.records).toHaveLength(1);
}

describe.each([overGrpc, overHttps])(
  'Bunkyo does not answer while somebody applies in Shinjuku, over $way',
  (entrance) => {
    const apply = applyingOver(entrance, () => network);

    it('refuses as HOME_UNAVAILABLE while Bunkyo is switched off, and issues again once it is back', async () => {
      await network.stop(BUNKYO);
      const { outcome, ms } = await timed(() => apply(byCard(bunkyo.cardHolder)));
      expectHomeUnavailable(outcome);
      expect(ms).toBeLessThan(DEADLINE_MS + MARGIN_MS);
      await network.start(BUNKYO);
      await expectIssuedAgain();
    });

    it('refuses as HOME_UNAVAILABLE when Bunkyo goes away after a copy, over the connection that is there', async () => {
      const { reply } = await apply(byCard(bunkyo.cardHolder));
      await network.stop(BUNKYO);
      const { outcome, ms } = await timed(() => apply(byCard(bunkyo.cardHolder)));
      expect(reply.copy?.records).toHaveLength(1);
      expectHomeUnavailable(outcome);
      expect(ms).toBeLessThan(DEADLINE_MS + MARGIN_MS);
      await network.start(BUNKYO);
      await expectIssuedAgain();
    });
  },
);

describe('Bunkyo takes connections and says nothing', () => {
  const apply = applyingOver(overGrpc, () => network);

  it('refuses as HOME_UNAVAILABLE within its deadline where nobody speaks on the connection', async () => {
    const { grpcPort } = network.node(BUNKYO);
    await network.stop(BUNKYO);
    await standIn(createServer(), grpcPort);
    const { outcome, ms } = await timed(() => apply(byCard(bunkyo.cardHolder)));
    expectHomeUnavailable(outcome);
    expect(ms).toBeLessThan(DEADLINE_MS + MARGIN_MS);
    await leave();
    await network.start(BUNKYO);
    await expectIssuedAgain();
  });

  it('refuses as HOME_UNAVAILABLE within its deadline where Bunkyo takes the question and never answers', async () => {
    const { grpcPort } = network.node(BUNKYO);
    await network.stop(BUNKYO);
    let questions = 0;
    const server = createSecureServer({ ...identityIn(officeFolder(network.certs, BUNKYO)), requestCert: true });
    server.on('stream', () => (questions += 1));
    await standIn(server, grpcPort);
    const { outcome, ms } = await timed(() => apply(byCard(bunkyo.cardHolder)));
    expectHomeUnavailable(outcome);
    expect(ms).toBeLessThan(DEADLINE_MS + MARGIN_MS);
    expect(questions).toBe(1);
  });

  it('goes on issuing for Suginami while applicants of Bunkyo wait', async () => {
    const { grpcPort } = network.node(BUNKYO);
    const record = new Town(network.people, SUGINAMI).memberOfFour;
    await network.stop(BUNKYO);
    await standIn(createServer(), grpcPort);
    const waiting = overGrpc.apply(network, SHINJUKU, byPhotoId(bunkyo.memberOfFour));
    const elsewhere = byPhotoId(record, {}, { homeMunicipality: '131156' });
    const { outcome, ms } = await timed(() => overGrpc.apply(network, SHINJUKU, elsewhere));
    expect(outcome.copy?.records).toHaveLength(1);
    expect(ms).toBeLessThan(DEADLINE_MS / 2);
    await leave();
    expect((await waiting).reason).toBe('HOME_UNAVAILABLE');
  });
});

describe('The logs after Bunkyo was away', () => {
  it('disagree on nothing: a question that never arrived is no disagreement', async () => {
    await network.stop(BUNKYO);
    await overGrpc.apply(network, SHINJUKU, byCard(bunkyo.cardHolder));
    await network.start(BUNKYO);
    await expectIssuedAgain();
    const log = async (office: string) => ({ office, entries: await network.node(office).audit.entries() });
    expect(compareLogs(await log(SHINJUKU), await log(BUNKYO))).toEqual([]);
  });
});
