import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { Peers } from '#core/peers/peers.js';
import { send } from '#core/peers/send.js';
import { FILE, loadCredentials, officeFolder } from '#core/trust/credentials.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { ensureCertificates, OPERATOR } from '#scripts/certificates/ensure-certificates.js';
import { revokeCertificates, whomOf } from '#scripts/certificates/revoke-certificate.js';
import { byCard, operatorOf, overGrpc, overHttps } from '../support/counter.js';
import { Looking } from '../support/looking.js';
import { BUNKYO, SHINJUKU, TOKYO } from '../support/offices.js';
import { Town } from '../support/people.js';
import { https, type Identity, identityIn, RawLine } from '../support/raw-line.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';
import { EXPIRED, NOT_YET_VALID, TestPki } from '../support/test-pki.js';

/*
 *   ca/offices ─ ca/operators ─ ca/agencies       npm run certs: renews, revokes, writes lists
 *        │            │             │
 *        ▼            ▼             ▼
 *   certs/<office>/ certificate, key, authorities, lists
 *        │  looked into every 2 s
 *        ▼
 *   the office that runs ── its listeners, its connections, and whom it lets in
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const DAY = 86_400_000;
const REVOKED = { fault: 'its certificate has been revoked' };

let network: TestNetwork;
let looking: Looking;
let machineTime: Date;

beforeEach(async () => {
  looking = new Looking();
  machineTime = new Date();
  network = await startTestNetwork({
    offices: [SHINJUKU, BUNKYO, TOKYO],
    laterForCredentials: looking.later,
    machineClock: () => machineTime,
  });
});
afterEach(() => network.remove());

function ensure(wishes = {}, at = new Date()): number {
  return ensureCertificates(network.network, network.certs, at, wishes);
}

function revoke(whom: string): void {
  revokeCertificates(network.certs, whomOf(whom), new Date(), 'keyCompromise');
  ensure();
  looking.now();
}

async function healthOf(office: OfficeId) {
  const reply = await https(network.node(office).httpPort, operatorOf(network, office), { path: '/health' });
  return JSON.parse(reply.text);
}

/** What comes of a question to Bunkyo that is no question, so that it is answered where the caller is let in. */
async function askBunkyo(peers: Peers) {
  const letter = { office: BUNKYO, request: Buffer.alloc(0), metadata: {}, withinMs: 5_000 };
  const { outcome } = await send(peers, ProvideCopyData, letter);
  if (!('refusal' in outcome)) return { reason: 'OK', details: {} };
  const { reason, details } = outcome.refusal;
  return { reason, details };
}

function peersOf(office: OfficeId): Peers {
  return new Peers(loadCredentials(officeFolder(network.certs, office)), network.addressOf);
}

function warningsLogged(office: OfficeId): string[] {
  const lines = network.logLines.map((line) => JSON.parse(line));
  return lines.filter((line) => line.office === office && line.warning).map(({ warning }) => warning);
}

describe('The certificate of Shinjuku is revoked while the network runs', () => {
  it('refuses it on a connection that is open and on a new one, says why, logs who it was, and hangs up', async () => {
    const identity = identityIn(officeFolder(network.certs, SHINJUKU));
    const open = new RawLine(network.node(BUNKYO).grpcPort, identity);
    const before = await open.call(ProvideCopyData.path);
    revoke(SHINJUKU);
    const { reply, entries } = await network.watch(async () => {
      const fresh = new RawLine(network.node(BUNKYO).grpcPort, identity);
      const replies = [await open.call(ProvideCopyData.path), await fresh.call(ProvideCopyData.path)];
      fresh.close();
      return replies;
    });
    open.close();
    expect(before.reason).toBe('INVALID_REQUEST');
    const refused = { code: 16, reason: 'CALLER_UNKNOWN', details: { office: BUNKYO, ...REVOKED } };
    expect(reply).toMatchObject([refused, refused]);
    const logged = { outcome: 'CALLER_UNKNOWN', caller: `juki://${SHINJUKU}` };
    expect(entries(BUNKYO)).toMatchObject([logged, logged]);
  });

  it('is seen within five seconds: nodes look every two', () => {
    expect(looking.longestMs).toBe(2_000);
  });

  it('goes on serving everybody else', async () => {
    revoke(SHINJUKU);
    const line = new RawLine(network.node(BUNKYO).grpcPort, identityIn(officeFolder(network.certs, TOKYO)));
    const { reason } = await line.call(ProvideCopyData.path);
    line.close();
    expect(reason).toBe('ACCESS_DENIED');
  });

  it('is told its own operators by Shinjuku’s health', async () => {
    revoke(SHINJUKU);
    const { warnings } = await healthOf(SHINJUKU);
    expect(warnings).toEqual([expect.stringContaining("this office's certificate was revoked on")]);
    expect(warningsLogged(SHINJUKU)).toEqual(warnings);
  });

  it('does not let Shinjuku start again until it has another certificate', async () => {
    revoke(SHINJUKU);
    await network.stop(SHINJUKU);
    await expect(network.start(SHINJUKU)).rejects.toThrow(/revoked on .*--reissue municipality\/131041/);
    expect(ensure({ reissue: `juki://${SHINJUKU}` })).toBe(1);
    await network.start(SHINJUKU);
    looking.now();
    const copy = await overGrpc.apply(network, SHINJUKU, byCard(new Town(network.people, BUNKYO).cardHolder));
    expect(copy.copy?.records).toHaveLength(1);
  });

  it('revokes the certificates of before too, which somebody may have kept', async () => {
    const old = identityIn(officeFolder(network.certs, SHINJUKU));
    ensure({ rotate: true });
    revoke(SHINJUKU);
    const line = new RawLine(network.node(BUNKYO).grpcPort, old);
    const { details } = await line.call(ProvideCopyData.path);
    line.close();
    expect(details).toMatchObject(REVOKED);
  });
});

describe('The certificate of Bunkyo is revoked, and Shinjuku asks it', () => {
  it('sends not one question more, over the connection that is open neither, and says why', async () => {
    const application = byCard(new Town(network.people, BUNKYO).cardHolder);
    const before = await overGrpc.apply(network, SHINJUKU, application);
    revoke(BUNKYO);
    const { reply, entries } = await network.watch(() => overGrpc.apply(network, SHINJUKU, application));
    const peers = peersOf(SHINJUKU);
    const asked = await askBunkyo(peers);
    peers.close();
    expect(before.copy?.records).toHaveLength(1);
    expect(reply).toMatchObject({ reason: 'HOME_UNAVAILABLE', office: BUNKYO });
    expect(entries(BUNKYO)).toEqual([]);
    expect(asked).toMatchObject({ reason: 'OFFICE_UNAVAILABLE', details: REVOKED });
  });
});

describe('The certificate of an operator is revoked while a connection of theirs is open', () => {
  const health = (office: OfficeId, identity: Identity, agent: Agent) =>
    new Promise<{ status: number | undefined; reused: boolean; text: string }>((resolve, reject) => {
      const { httpPort: port } = network.node(office);
      const sent = request({ ...identity, host: 'localhost', port, path: '/health', agent }, async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        resolve({ status: response.statusCode, reused: sent.reusedSocket, text });
      });
      sent.on('error', reject).end();
    });

  it('refuses them over HTTPS on that connection and on a new one, and says why', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const identity = operatorOf(network, BUNKYO);
    const before = await health(BUNKYO, identity, agent);
    revoke(`${BUNKYO}/${OPERATOR}`);
    const open = await health(BUNKYO, identity, agent);
    const fresh = await health(BUNKYO, identity, agent);
    agent.destroy();
    expect(before).toMatchObject({ status: 200, reused: false });
    expect(open).toMatchObject({ status: 401, reused: true });
    expect(fresh).toMatchObject({ status: 401, reused: false });
    expect(JSON.parse(open.text)).toMatchObject({ reason: 'CALLER_UNKNOWN', ...REVOKED });
  });

  it('refuses them over gRPC, and lets their colleague in', async () => {
    revoke(`${BUNKYO}/${OPERATOR}`);
    const apply = () => overGrpc.apply(network, BUNKYO, byCard(new Town(network.people, BUNKYO).cardHolder));
    expect(await apply()).toMatchObject({ reason: 'CALLER_UNKNOWN', ...REVOKED });
  });
});

describe('Every certificate is renewed while people are served', () => {
  const ROUNDS = 5;

  it('fails no call, and shows the new certificates from then on', async () => {
    const application = byCard(new Town(network.people, BUNKYO).cardHolder);
    const open = new RawLine(network.node(BUNKYO).grpcPort, identityIn(officeFolder(network.certs, SHINJUKU)));
    const failures: unknown[] = [];
    let calls = 0;
    let isOver = false;
    const clients = [
      async () => (await overGrpc.apply(network, SHINJUKU, application)).copy,
      async () => (await overGrpc.apply(network, SHINJUKU, application)).copy,
      async () => (await overHttps.apply(network, SHINJUKU, application)).copy,
      async () => (await healthOf(BUNKYO)).status === 'SERVING',
      async () => (await open.call(ProvideCopyData.path)).reason === 'INVALID_REQUEST',
    ].map(async (call) => {
      while (!isOver) {
        calls += 1;
        const outcome = await call().catch((error: Error) => error);
        if (!outcome || outcome instanceof Error) failures.push(outcome);
      }
    });
    const serials = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = calls;
      while (calls < before + 20) await new Promise((resolve) => setImmediate(resolve));
      ensure({ rotate: true });
      looking.now();
      serials.add(serialShownBy(await shownBy(BUNKYO)));
    }
    const last = calls;
    while (calls < last + 20) await new Promise((resolve) => setImmediate(resolve));
    isOver = true;
    await Promise.all(clients);
    open.close();
    console.info(`${ROUNDS} renewals of every certificate: ${calls} calls, ${failures.length} failed`);
    expect(failures).toEqual([]);
    expect(serials.size).toBe(ROUNDS);
  });

  const shownBy = async (office: OfficeId) => {
    const { connect } = await import('node:tls');
    const identity = operatorOf(network, office);
    return new Promise<X509Certificate | undefined>((resolve, reject) => {
      const socket = connect({ ...identity, host: 'localhost', port: network.node(office).grpcPort }, () => {
        resolve(socket.getPeerX509Certificate());
        socket.destroy();
      });
      socket.on('error', reject);
    });
  };
  const serialShownBy = (certificate: X509Certificate | undefined) => certificate?.serialNumber ?? '';
});

describe('A folder of credentials is written by halves', () => {
  it('goes on with what it had, says so, and takes the rest as soon as it is there', async () => {
    const folder = officeFolder(network.certs, BUNKYO);
    const [certificate, key] = [join(folder, FILE.certificate), join(folder, FILE.key)];
    const [oldKey, old] = [readFileSync(key), new X509Certificate(readFileSync(certificate))];
    ensure({ rotate: true });
    const newKey = readFileSync(key);
    writeFileSync(key, oldKey);
    looking.now();
    const half = { health: await healthOf(BUNKYO), serial: network.node(BUNKYO).credentials.serialNumber };
    writeFileSync(key, newKey);
    looking.now();
    const whole = { health: await healthOf(BUNKYO), serial: network.node(BUNKYO).credentials.serialNumber };
    expect(half.health.warnings).toEqual([expect.stringContaining('do not belong together')]);
    expect(half.serial).toBe(old.serialNumber);
    expect(whole.health.warnings).toEqual([]);
    expect(whole.serial).toBe(new X509Certificate(readFileSync(certificate)).serialNumber);
    expect(warningsLogged(BUNKYO)).toEqual(half.health.warnings);
  });

  it('does not go back to a list that takes a revocation back', async () => {
    const list = join(officeFolder(network.certs, BUNKYO), FILE.officesList);
    const innocent = readFileSync(list);
    const shinjuku = identityIn(officeFolder(network.certs, SHINJUKU));
    revoke(SHINJUKU);
    writeFileSync(list, innocent);
    looking.now();
    const line = new RawLine(network.node(BUNKYO).grpcPort, shinjuku);
    const { details } = await line.call(ProvideCopyData.path);
    line.close();
    expect(details).toMatchObject(REVOKED);
    expect((await healthOf(BUNKYO)).warnings).toEqual([expect.stringContaining('older than the one in use')]);
  });
});

describe('Nobody renews the revocation lists', () => {
  it('warns two days before they lapse, and not before', async () => {
    machineTime = new Date(Date.now() + 4 * DAY);
    expect((await healthOf(BUNKYO)).warnings).toEqual([]);
    machineTime = new Date(Date.now() + 5 * DAY);
    looking.now();
    const { warnings } = await healthOf(BUNKYO);
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toMatch(/^the revocation list for offices lapses in [12] days and has not been renewed/);
    expect(warningsLogged(BUNKYO)).toEqual(warnings);
  });

  it('goes on serving with lists that have lapsed, applies them, and names them as the fault', async () => {
    revoke(SHINJUKU);
    machineTime = new Date(Date.now() + 9 * DAY);
    const { revocationLists, warnings } = await healthOf(BUNKYO);
    const line = (office: OfficeId) =>
      new RawLine(network.node(BUNKYO).grpcPort, identityIn(officeFolder(network.certs, office)));
    const [shinjuku, tokyo] = [line(SHINJUKU), line(TOKYO)];
    const replies = [await shinjuku.call(ProvideCopyData.path), await tokyo.call(ProvideCopyData.path)];
    for (const each of [shinjuku, tokyo]) each.close();
    expect(revocationLists.offices).toMatchObject({ ageHours: 9 * 24 + 1, revoked: 1 });
    expect(warnings[0]).toMatch(/^the revocation list for offices lapsed on .* 2 days ago/);
    expect(replies.map(({ reason }) => reason)).toEqual(['CALLER_UNKNOWN', 'ACCESS_DENIED']);
  });

  it('has nothing to warn of any more once they are renewed', async () => {
    machineTime = new Date(Date.now() + 9 * DAY);
    ensure({}, machineTime);
    looking.now();
    expect((await healthOf(BUNKYO)).warnings).toEqual([]);
  });
});

describe('A clock is off', () => {
  it('is named where this machine’s is behind: everything is yet to come', async () => {
    machineTime = new Date(Date.now() - DAY);
    const { warnings } = await healthOf(BUNKYO);
    expect(warnings.length).toBeGreaterThan(0);
    for (const warning of warnings) expect(warning).toContain("is this machine's clock right?");
  });

  it.each([
    ['has expired', EXPIRED, 'the certificate of the caller has expired, or this machine’s clock is ahead'],
    ['is not yet valid', NOT_YET_VALID, 'not yet valid: compare the two machines’ clocks'],
  ])('is named in Bunkyo’s log, and as far as it can be to a caller whose certificate %s', async (_, validity, why) => {
    const { cert, key } = new TestPki(network.certs).issue({ names: [`juki://${SHINJUKU}`], validity });
    const own = loadCredentials(officeFolder(network.certs, SHINJUKU));
    const peers = new Peers({ ...own, certificate: Buffer.from(cert), key: Buffer.from(key) }, network.addressOf);
    const { reason, details } = await askBunkyo(peers);
    peers.close();
    const { httpPort } = network.node(BUNKYO);
    await https(
      httpPort,
      { ...identityIn(officeFolder(network.certs, SHINJUKU)), cert, key },
      { path: '/health' },
    ).catch(() => undefined);
    const refused = network.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'connection refused');
    expect({ reason, details }).toMatchObject({ reason: 'OFFICE_UNAVAILABLE', details: { office: BUNKYO } });
    expect(details).toMatchObject({ fault: expect.stringContaining('it hangs up') });
    expect(new Set(refused.map(({ over }) => over))).toEqual(new Set(['gRPC', 'HTTPS']));
    for (const line of refused) expect(line.why).toContain(why);
  });
});
