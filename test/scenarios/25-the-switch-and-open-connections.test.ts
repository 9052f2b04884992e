import { type ClientHttp2Session, connect } from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { officeFolder } from '#core/trust/credentials.js';
import { OPERATOR } from '#scripts/certificates/demo-operators.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { revokeCertificates, whomOf } from '#scripts/certificates/revoke-certificate.js';
import { CheckHealth, CutOff, CutOwnLine, Rejoin, SetThreatLevel } from '#scripts/operator/procedures.js';
import { Desk } from '../support/desk.js';
import { Looking } from '../support/looking.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { https, type Identity, identityIn, RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Shinjuku ══ Health/Watch, held open ══▶ Bunkyo
 *   national centre ── directory 2 ──▶ Tokyo ──▶ Bunkyo: the stream ends and says why, then the connection
 */
const WATCH = '/grpc.health.v1.Health/Watch';
const REVOKED = { fault: 'its certificate has been revoked' };

let network: TestNetwork;
let looking: Looking;

beforeEach(async () => {
  looking = new Looking();
  network = await startTestNetwork({
    ...{ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU], laterForCredentials: looking.later },
  });
  await everywhere();
});
afterEach(() => network.remove());

async function everywhere(): Promise<void> {
  await network.settle();
  await handedOn();
}

async function handedOn(): Promise<void> {
  for (const office of [NATIONAL, TOKYO]) await network.node(office).settled();
}

const decide = async (act: typeof CutOff | typeof Rejoin, office: OfficeId) => {
  await new Desk(network, NATIONAL).ask(act as typeof CutOff, { office, cause: 'CAUSE_COMPROMISED' });
  await everywhere();
};
const officeIdentity = (office: OfficeId) => identityIn(officeFolder(network.certs, office));

/** What becomes of a stream at Bunkyo that is open while something happens. */
async function streamOf(identity: Identity, meanwhile: () => Promise<void>) {
  const line = new RawLine(network.node(BUNKYO).grpcPort, identity);
  const watching = line.call(WATCH);
  // On the same connection, and after it: once this is answered, the stream is open.
  const { code } = await line.call(CheckHealth.path);
  const { reply, entries } = await network.watch(async () => {
    await meanwhile();
    return watching;
  });
  line.close();
  return { open: code === 0, reply, entries: entries(BUNKYO) };
}

/** Resolves when the other end has hung up. */
function connectionTo(office: OfficeId, identity: Identity): { opened: Promise<void>; closed: Promise<void> } {
  const session: ClientHttp2Session = connect(`https://localhost:${network.node(office).grpcPort}`, { ...identity });
  session.on('error', () => {});
  const on = (event: string) => new Promise<void>((resolve) => session.once(event, () => resolve()));
  return { opened: on('remoteSettings'), closed: on('close') };
}

/** The authority takes something back; of all offices, the centre alone looks into its folder. */
async function revokeAtTheCentre(whom: string): Promise<void> {
  revokeCertificates(network.certs, whomOf(whom), new Date(), 'keyCompromise');
  ensureCertificates(network.network, network.certs, new Date());
  network.node(NATIONAL).credentials.look();
  await handedOn();
}

async function healthOf(office: OfficeId) {
  const reply = await https(network.node(office).httpPort, operatorOf(network, office), { path: '/health' });
  return JSON.parse(reply.text);
}

describe('Shinjuku is cut off while it has something open at Bunkyo', () => {
  it('ends its stream at once, says why, and logs that', async () => {
    const { open, reply, entries } = await streamOf(officeIdentity(SHINJUKU), () => decide(CutOff, SHINJUKU));
    expect(open).toBe(true);
    expect(reply).toMatchObject({ reason: 'CUT_OFF', details: { office: SHINJUKU } });
    expect(reply.messages).toHaveLength(1);
    const logged = { procedure: WATCH, outcome: 'CUT_OFF', caller: `juki://${SHINJUKU}` };
    expect(entries).toMatchObject([logged]);
  });

  it('hangs up on a connection on which nothing was ever asked, and on nobody else’s', async () => {
    const [shinjuku, tokyo] = [SHINJUKU, TOKYO].map((office) => connectionTo(BUNKYO, officeIdentity(office)));
    await Promise.all([shinjuku?.opened, tokyo?.opened]);
    let isTokyoOut = false;
    void tokyo?.closed.then(() => {
      isTokyoOut = true;
    });
    await decide(CutOff, SHINJUKU);
    await shinjuku?.closed;
    expect(isTokyoOut).toBe(false);
  });

  it('ends what Bunkyo has open to it, and what it has open to anybody', async () => {
    const lines = [network.node(BUNKYO).peers, network.node(SHINJUKU).peers];
    const [ofBunkyo, ofShinjuku] = [SHINJUKU, BUNKYO].map((office, i) => lines[i]?.client(office));
    const kept = network.node(BUNKYO).peers.client(TOKYO);
    await decide(CutOff, SHINJUKU);
    expect(network.node(BUNKYO).peers.client(SHINJUKU)).not.toBe(ofBunkyo);
    expect(network.node(SHINJUKU).peers.client(BUNKYO)).not.toBe(ofShinjuku);
    expect(network.node(BUNKYO).peers.client(TOKYO)).toBe(kept);
  });

  it('does not tell it Bunkyo’s health any more, only that it is cut off', async () => {
    await decide(CutOff, SHINJUKU);
    const line = new RawLine(network.node(BUNKYO).grpcPort, officeIdentity(SHINJUKU));
    const { reason } = await line.call(CheckHealth.path);
    line.close();
    expect(reason).toBe('CUT_OFF');
  });

  it('tells Shinjuku too, and it hears when it is let back in', async () => {
    await decide(CutOff, SHINJUKU);
    expect((await healthOf(SHINJUKU)).directory).toMatchObject({ number: 2, thisOfficeCutOff: true });
    await decide(Rejoin, SHINJUKU);
    expect((await healthOf(SHINJUKU)).directory).toMatchObject({ number: 3, thisOfficeCutOff: false, cutOff: [] });
  });

  it('ends what others have open at Bunkyo where Bunkyo cuts its own line', async () => {
    const { reply } = await streamOf(officeIdentity(SHINJUKU), async () => {
      await new Desk(network, BUNKYO).ask(CutOwnLine, { grounds: '不正アクセスの疑い' });
    });
    expect(reply).toMatchObject({ reason: 'CUT_OFF', details: { office: BUNKYO } });
  });
});

describe('A certificate is revoked, and of all offices only the centre has the list that says so', () => {
  it('has Bunkyo end a stream of Shinjuku’s and refuse it, since the directory says so', async () => {
    const { reply } = await streamOf(officeIdentity(SHINJUKU), () => revokeAtTheCentre(SHINJUKU));
    const line = new RawLine(network.node(BUNKYO).grpcPort, officeIdentity(SHINJUKU));
    const next = await line.call(CheckHealth.path);
    line.close();
    for (const refused of [reply, next]) expect(refused).toMatchObject({ reason: 'CALLER_UNKNOWN', details: REVOKED });
  });

  it('has Bunkyo end a stream of its own operator’s, and goes on knowing after it has started again', async () => {
    const operator = operatorOf(network, BUNKYO);
    const { reply } = await streamOf(operator, () => revokeAtTheCentre(`${BUNKYO}/${OPERATOR}`));
    expect(reply).toMatchObject({ reason: 'CALLER_UNKNOWN', details: REVOKED });
    await network.stop(TOKYO);
    await network.stop(BUNKYO);
    await network.start(BUNKYO);
    const health = await https(network.node(BUNKYO).httpPort, operator, { path: '/health' });
    expect(health).toMatchObject({ status: 401, reason: 'CALLER_UNKNOWN' });
  });
});

describe('The threat level', () => {
  it('is told to every office and cuts nobody off; at 3 it is a warning', async () => {
    const desk = new Desk(network, NATIONAL);
    await desk.ask(SetThreatLevel, { threatLevel: 2 });
    await everywhere();
    const low = await healthOf(BUNKYO);
    await desk.ask(SetThreatLevel, { threatLevel: 3 });
    await everywhere();
    const high = await healthOf(BUNKYO);
    expect(low).toMatchObject({ directory: { threatLevel: 2, cutOff: [] }, warnings: [] });
    expect(high).toMatchObject({ directory: { threatLevel: 3, cutOff: [] } });
    expect(high.warnings).toEqual([expect.stringContaining('threat level 3')]);
    const logged = network.logLines.map((line) => JSON.parse(line)).filter(({ warning }) => warning);
    expect(logged.filter(({ office }) => office === BUNKYO).map(({ warning }) => warning)).toEqual(high.warnings);
  });

  it.each([0, 4])('is not %i', async (threatLevel) => {
    expect(await new Desk(network, NATIONAL).refusalOf(SetThreatLevel, { threatLevel })).toBe('INVALID_REQUEST');
  });
});

describe('Health shows the directory', () => {
  it('with its number and age, and who is cut off', async () => {
    await decide(CutOff, SHINJUKU);
    network.clock.set(new Date(network.clock.now().getTime() + 90_000));
    const { directory, warnings } = await healthOf(BUNKYO);
    expect(directory).toMatchObject({ number: 2, ageSeconds: 90, threatLevel: 1, cutOff: [SHINJUKU] });
    expect(warnings).toEqual([]);
  });

  it('and warns when the office above has not confirmed it for an hour, and not before', async () => {
    await network.stop(TOKYO);
    const at = (seconds: number) => network.clock.set(new Date(startedAt + seconds * 1000));
    const startedAt = network.clock.now().getTime();
    at(3_600);
    expect((await healthOf(BUNKYO)).warnings).toEqual([]);
    at(3_601);
    expect((await healthOf(BUNKYO)).warnings).toEqual([expect.stringContaining('has not confirmed directory 1')]);
    expect((await healthOf(NATIONAL)).warnings).toEqual([]);
  });
});
