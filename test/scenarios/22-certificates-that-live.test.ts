import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { FILE, loadCredentials, officeFolder } from '#core/trust/credentials.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { byCard, overGrpc, overHttps } from '../support/counter.js';
import { LiveTrust } from '../support/live-trust.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { Town } from '../support/people.js';
import { https, identityIn, RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
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

let trust: LiveTrust;

beforeEach(async () => {
  trust = await LiveTrust.start([NATIONAL]);
});
afterEach(() => trust.network.remove());

describe('Every certificate is renewed while people are served', () => {
  const ROUNDS = 5;

  it('fails no call, and shows the new certificates from then on', async () => {
    const application = byCard(new Town(trust.network.people, BUNKYO).cardHolder);
    const open = new RawLine(
      trust.network.node(BUNKYO).grpcPort,
      identityIn(officeFolder(trust.network.certs, SHINJUKU)),
    );
    const failures: string[] = [];
    let calls = 0;
    let isOver = false;
    const clients = [
      async () => issued(await overGrpc.apply(trust.network, SHINJUKU, application)),
      async () => issued(await overGrpc.apply(trust.network, SHINJUKU, application)),
      async () => issued(await overHttps.apply(trust.network, SHINJUKU, application)),
      async () => (await trust.healthOf(BUNKYO)).status,
      async () => (await open.call(ProvideCopyData.path)).reason,
    ].map(async (call) => {
      while (!isOver) {
        calls += 1;
        const outcome = await call().catch((error: Error) => `${error}`);
        if (!['issued', 'SERVING', 'INVALID_REQUEST'].includes(outcome)) failures.push(outcome);
      }
    });
    const serials = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = calls;
      while (calls < before + 20) await new Promise((resolve) => setImmediate(resolve));
      trust.ensure({ rotate: true });
      trust.looking.now();
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

  const issued = ({ copy, ...refused }: { copy?: unknown }) =>
    copy ? 'issued' : `refused: ${JSON.stringify(refused)}`;

  const shownBy = async (office: OfficeId) => {
    const identity = operatorOf(trust.network, office);
    return new Promise<X509Certificate | undefined>((resolve, reject) => {
      const socket = connect({ ...identity, host: 'localhost', port: trust.network.node(office).grpcPort }, () => {
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
    const folder = officeFolder(trust.network.certs, BUNKYO);
    const [certificate, key] = [join(folder, FILE.certificate), join(folder, FILE.key)];
    const [oldKey, old] = [readFileSync(key), new X509Certificate(readFileSync(certificate))];
    trust.ensure({ rotate: true });
    const newKey = readFileSync(key);
    writeFileSync(key, oldKey);
    trust.looking.now();
    const half = { health: await trust.healthOf(BUNKYO), serial: trust.network.node(BUNKYO).credentials.serialNumber };
    writeFileSync(key, newKey);
    trust.looking.now();
    const whole = { health: await trust.healthOf(BUNKYO), serial: trust.network.node(BUNKYO).credentials.serialNumber };
    expect(half.health.warnings).toEqual([expect.stringContaining('do not belong together')]);
    expect(half.serial).toBe(old.serialNumber);
    expect(whole.health.warnings).toEqual([]);
    expect(whole.serial).toBe(new X509Certificate(readFileSync(certificate)).serialNumber);
    expect(trust.warningsLogged(BUNKYO)).toEqual(half.health.warnings);
  });

  it('does not go back to a list that takes a revocation back', async () => {
    const list = join(officeFolder(trust.network.certs, BUNKYO), FILE.officesList);
    const innocent = readFileSync(list);
    const shinjuku = identityIn(officeFolder(trust.network.certs, SHINJUKU));
    trust.revoke(SHINJUKU);
    writeFileSync(list, innocent);
    trust.looking.now();
    const line = new RawLine(trust.network.node(BUNKYO).grpcPort, shinjuku);
    const { details } = await line.call(ProvideCopyData.path);
    line.close();
    expect(details).toMatchObject(REVOKED);
    expect((await trust.healthOf(BUNKYO)).warnings).toEqual([expect.stringContaining('older than the one in use')]);
  });
});

describe('Nobody renews the revocation lists', () => {
  it('warns two days before they lapse, and not before', async () => {
    trust.machineTime = new Date(Date.now() + 4 * DAY);
    expect((await trust.healthOf(BUNKYO)).warnings).toEqual([]);
    trust.machineTime = new Date(Date.now() + 5 * DAY);
    trust.looking.now();
    const { warnings } = await trust.healthOf(BUNKYO);
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toMatch(/^the revocation list for offices lapses in [12] days and has not been renewed/);
    expect(trust.warningsLogged(BUNKYO)).toEqual(warnings);
  });

  it('is seen by Prometheus, which signs in nowhere: days left of certificate and lists, below 0 once they lapsed', async () => {
    const daysLeft = async () => {
      const identity = operatorOf(trust.network, BUNKYO);
      const { status, text } = await https(trust.network.node(BUNKYO).httpPort, identity, { path: '/metrics' });
      expect(status).toBe(200);
      return text.split('\n').filter((line) => /^juki_(certificate|revocation_list)_days/.test(line));
    };
    const lists = (days: number) =>
      ['offices', 'operators', 'agencies'].map((of) => `juki_revocation_list_days{of="${of}"} ${days}`);
    trust.machineTime = new Date(Date.now() + 4.5 * DAY);
    expect(await daysLeft()).toEqual(['juki_certificate_days 25', ...lists(2)]);
    trust.machineTime = new Date(Date.now() + 9.5 * DAY);
    expect(await daysLeft()).toEqual(['juki_certificate_days 20', ...lists(-3)]);
  });

  it('goes on serving with lists that have lapsed, applies them, and names them as the fault', async () => {
    trust.revoke(SHINJUKU);
    trust.machineTime = new Date(Date.now() + 9 * DAY);
    const { revocationLists, warnings } = await trust.healthOf(BUNKYO);
    const line = (office: OfficeId) =>
      new RawLine(trust.network.node(BUNKYO).grpcPort, identityIn(officeFolder(trust.network.certs, office)));
    const [shinjuku, tokyo] = [line(SHINJUKU), line(TOKYO)];
    const replies = [await shinjuku.call(ProvideCopyData.path), await tokyo.call(ProvideCopyData.path)];
    for (const each of [shinjuku, tokyo]) each.close();
    expect(revocationLists.offices).toMatchObject({ ageHours: 9 * 24 + 1, revoked: 1 });
    expect(warnings[0]).toMatch(/^the revocation list for offices lapsed on .* 2 days ago/);
    expect(replies.map(({ reason }) => reason)).toEqual(['CALLER_UNKNOWN', 'ACCESS_DENIED']);
  });

  it('has nothing to warn of any more once they are renewed', async () => {
    trust.machineTime = new Date(Date.now() + 9 * DAY);
    trust.ensure({}, trust.machineTime);
    trust.looking.now();
    expect((await trust.healthOf(BUNKYO)).warnings).toEqual([]);
  });
});

describe('A clock is off', () => {
  it('is named where this machine’s is behind: everything is yet to come', async () => {
    trust.machineTime = new Date(Date.now() - DAY);
    const { warnings } = await trust.healthOf(BUNKYO);
    expect(warnings.length).toBeGreaterThan(0);
    for (const warning of warnings) expect(warning).toContain("is this machine's clock right?");
  });

  it.each([
    ['has expired', EXPIRED, 'the certificate of the caller has expired, or this machine’s clock is ahead'],
    ['is not yet valid', NOT_YET_VALID, 'not yet valid: compare the two machines’ clocks'],
  ])('is named in Bunkyo’s log, and as far as it can be to a caller whose certificate %s', async (_, validity, why) => {
    const { cert, key } = new TestPki(trust.network.certs).issue({ names: [`juki://${SHINJUKU}`], validity });
    const own = loadCredentials(officeFolder(trust.network.certs, SHINJUKU));
    const asking = { ...own, certificate: Buffer.from(cert), key: Buffer.from(key) };
    const refused = await trust.askBunkyo(asking);
    const { httpPort } = trust.network.node(BUNKYO);
    await https(
      httpPort,
      { ...identityIn(officeFolder(trust.network.certs, SHINJUKU)), cert, key },
      { path: '/health' },
    ).catch(() => undefined);
    const logged = trust.network.logLines
      .map((line) => JSON.parse(line))
      .filter(({ msg }) => msg === 'connection refused');
    const fault = expect.stringContaining('it hangs up');
    expect(refused).toMatchObject({ reason: 'OFFICE_UNAVAILABLE', details: { office: BUNKYO, fault } });
    expect(new Set(logged.map(({ over }) => over))).toEqual(new Set(['gRPC', 'HTTPS']));
    for (const line of logged) expect(line.why).toContain(why);
  });
});
