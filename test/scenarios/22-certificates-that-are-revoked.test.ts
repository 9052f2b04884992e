import { Agent, request } from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { officeFolder } from '#core/trust/credentials.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { OPERATOR } from '#scripts/certificates/demo-operators.js';
import { byCard, overGrpc } from '../support/counter.js';
import { LiveTrust } from '../support/live-trust.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { Town } from '../support/people.js';
import { type Identity, identityIn, RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';

/*
 *   npm run certs -- --revoke Shinjuku ──▶ offices-crl.pem, in every folder
 *                                               │ seen within 2 s
 *   Shinjuku ── any call ──────────▶ Bunkyo: CALLER_UNKNOWN, logged, hung up on
 *   Shinjuku ◀─╳─ any question ───── Bunkyo: not a byte of it leaves
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const REVOKED = { fault: 'its certificate has been revoked' };

let trust: LiveTrust;

beforeEach(async () => {
  trust = await LiveTrust.start([NATIONAL]);
});
afterEach(() => trust.network.remove());

describe('The certificate of Shinjuku is revoked while the network runs', () => {
  it('refuses it on a connection that is open and on a new one, says why, logs who it was, and hangs up', async () => {
    const identity = identityIn(officeFolder(trust.network.certs, SHINJUKU));
    const open = new RawLine(trust.network.node(BUNKYO).grpcPort, identity);
    const before = await open.call(ProvideCopyData.path);
    trust.revoke(SHINJUKU);
    const { reply, entries } = await trust.network.watch(async () => {
      const fresh = new RawLine(trust.network.node(BUNKYO).grpcPort, identity);
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
    expect(trust.looking.longestMs).toBe(2_000);
  });

  it('goes on serving everybody else', async () => {
    trust.revoke(SHINJUKU);
    const line = new RawLine(trust.network.node(BUNKYO).grpcPort, identityIn(officeFolder(trust.network.certs, TOKYO)));
    const { reason } = await line.call(ProvideCopyData.path);
    line.close();
    expect(reason).toBe('ACCESS_DENIED');
  });

  it('is told its own operators by Shinjuku’s health', async () => {
    trust.revoke(SHINJUKU);
    const { warnings } = await trust.healthOf(SHINJUKU);
    expect(warnings).toEqual([expect.stringContaining("this office's certificate was revoked on")]);
    expect(trust.warningsLogged(SHINJUKU)).toEqual(warnings);
  });

  it('does not let Shinjuku start again until it has another certificate', async () => {
    trust.revoke(SHINJUKU);
    await trust.network.stop(SHINJUKU);
    await expect(trust.network.start(SHINJUKU)).rejects.toThrow(/revoked on .*--reissue municipality\/131041/);
    expect(trust.ensure({ reissue: `juki://${SHINJUKU}` })).toBe(1);
    await trust.network.start(SHINJUKU);
    trust.looking.now();
    const copy = await overGrpc.apply(
      trust.network,
      SHINJUKU,
      byCard(new Town(trust.network.people, BUNKYO).cardHolder),
    );
    expect(copy.copy?.records).toHaveLength(1);
  });

  it('revokes the certificates of before too, which somebody may have kept', async () => {
    const old = identityIn(officeFolder(trust.network.certs, SHINJUKU));
    trust.ensure({ rotate: true });
    trust.revoke(SHINJUKU);
    const line = new RawLine(trust.network.node(BUNKYO).grpcPort, old);
    const { details } = await line.call(ProvideCopyData.path);
    line.close();
    expect(details).toMatchObject(REVOKED);
  });
});

describe('The certificate of Bunkyo is revoked, and Shinjuku asks it', () => {
  it('sends not one question more, over the connection that is open neither, and says why', async () => {
    const application = byCard(new Town(trust.network.people, BUNKYO).cardHolder);
    const before = await overGrpc.apply(trust.network, SHINJUKU, application);
    trust.revoke(BUNKYO);
    const { reply, entries } = await trust.network.watch(() => overGrpc.apply(trust.network, SHINJUKU, application));
    const asked = await trust.askBunkyo();
    expect(before.copy?.records).toHaveLength(1);
    expect(reply).toMatchObject({ reason: 'HOME_UNAVAILABLE', office: BUNKYO });
    expect(entries(BUNKYO)).toEqual([]);
    expect(asked).toMatchObject({ reason: 'OFFICE_UNAVAILABLE', details: REVOKED });
  });
});

describe('The certificate of an operator is revoked while a connection of theirs is open', () => {
  const health = (office: OfficeId, identity: Identity, agent: Agent) =>
    new Promise<{ status: number | undefined; reused: boolean; text: string }>((resolve, reject) => {
      const { httpPort: port } = trust.network.node(office);
      const sent = request({ ...identity, host: 'localhost', port, path: '/health', agent }, async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        resolve({ status: response.statusCode, reused: sent.reusedSocket, text });
      });
      sent.on('error', reject).end();
    });

  it('refuses them over HTTPS on that connection and on a new one, and says why', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const identity = operatorOf(trust.network, BUNKYO);
    const before = await health(BUNKYO, identity, agent);
    trust.revoke(`${BUNKYO}/${OPERATOR}`);
    const open = await health(BUNKYO, identity, agent);
    const fresh = await health(BUNKYO, identity, agent);
    agent.destroy();
    expect(before).toMatchObject({ status: 200, reused: false });
    expect(open).toMatchObject({ status: 401, reused: true });
    expect(fresh).toMatchObject({ status: 401, reused: false });
    expect(JSON.parse(open.text)).toMatchObject({ reason: 'CALLER_UNKNOWN', ...REVOKED });
  });

  it('refuses them over gRPC, and lets their colleague in', async () => {
    trust.revoke(`${BUNKYO}/${OPERATOR}`);
    const apply = () =>
      overGrpc.apply(trust.network, BUNKYO, byCard(new Town(trust.network.people, BUNKYO).cardHolder));
    expect(await apply()).toMatchObject({ reason: 'CALLER_UNKNOWN', ...REVOKED });
  });
});
