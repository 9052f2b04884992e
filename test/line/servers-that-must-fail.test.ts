import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { Peers } from '#core/peers/peers.js';
import { send } from '#core/peers/send.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { BUNKYO, SHINJUKU, TOKYO } from '../support/offices.js';
import { Town } from '../support/people.js';
import { type Identity, identityIn } from '../support/raw-line.js';
import { openedCard, operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';
import { EXPIRED, NOT_YET_VALID, strangeAuthority, TestPki } from '../support/test-pki.js';

/*
 *   Shinjuku ── "131059.municipality" ──▶ whoever is at Bunkyo's address
 *      ╳ before the first byte of a question leaves, unless the certificate is Bunkyo's
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const BUNKYO_URI = 'juki://municipality/131059';
const LOCALHOST = { type: 2 as const, value: 'localhost' };

let network: TestNetwork;
let pki: TestPki;
/** What stands in Bunkyo's place, and what it heard once the connection was encrypted. */
let impostor: { server: Server; heard: Buffer[]; sockets: TLSSocket[] } | undefined;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO, TOKYO] });
  pki = new TestPki(network.certs);
});
afterEach(async () => {
  const { server, sockets } = impostor ?? {};
  impostor = undefined;
  for (const socket of sockets ?? []) socket.destroy();
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  await network.remove();
});

/** Lets somebody else listen where Bunkyo did: takes every connection, writes down the first that comes, and hangs up. */
async function replaceBunkyo({ cert, key }: Identity, tls: TlsOptions = {}): Promise<Buffer[]> {
  const { grpcPort } = network.node(BUNKYO);
  await network.stop(BUNKYO);
  const heard: Buffer[] = [];
  const sockets: TLSSocket[] = [];
  const ca = pki.officesAuthority;
  const server = createServer({ cert, key, ca, requestCert: true, ALPNProtocols: ['h2'], ...tls });
  server.on('tlsClientError', () => {});
  server.on('secureConnection', (socket) => {
    sockets.push(socket.on('error', () => {}));
    socket.on('data', (bytes: Buffer) => {
      heard.push(bytes);
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(grpcPort, '127.0.0.1', resolve));
  impostor = { server, heard, sockets };
  return heard;
}

async function issueInShinjuku() {
  const form = byPhotoId(new Town(network.people, BUNKYO).memberOfFour);
  const { reply, entries } = await network.watch(() => overGrpc.apply(network, SHINJUKU, form));
  return { reply, entries: entries(SHINJUKU) };
}

describe('Somebody else answers at the address of Bunkyo', () => {
  const impostors: [string, () => Identity][] = [
    ['Tokyo, with the certificate of a prefecture', () => identityIn(officeFolder(network.certs, TOKYO))],
    ['Shinjuku itself', () => identityIn(officeFolder(network.certs, SHINJUKU))],
    ['an operator of Bunkyo', () => operatorOf(network, BUNKYO)],
    ['Bunkyo by another root', () => pki.issue({ by: strangeAuthority(), names: [BUNKYO_URI, LOCALHOST] })],
    ['Bunkyo by the operators’ authority', () => pki.issue({ by: 'operators', names: [BUNKYO_URI, LOCALHOST] })],
    ['Bunkyo with a certificate that has expired', () => pki.issue({ names: [BUNKYO_URI], validity: EXPIRED })],
    ['somebody with the host name of Bunkyo and no URI', () => pki.issue({ names: [LOCALHOST] })],
    ['somebody with two URIs, Bunkyo’s among them', () => pki.issue({ names: [BUNKYO_URI, 'juki://national'] })],
    ['an operator by the offices’ authority', () => pki.issue({ names: [`${BUNKYO_URI}/operator/operator-1`] })],
  ];

  it.each(impostors)('sends %s not one byte, and refuses as HOME_UNAVAILABLE', async (_who, of) => {
    const heard = await replaceBunkyo(of());
    const { reply, entries } = await issueInShinjuku();
    expect(reply).toMatchObject({ reason: 'HOME_UNAVAILABLE', office: BUNKYO });
    expect(Buffer.concat(heard).toString()).toBe('');
    expect(entries.map(({ outcome }) => outcome)).toEqual([null, 'OFFICE_UNAVAILABLE', 'HOME_UNAVAILABLE']);
  });

  it('sends Bunkyo itself not one byte over TLS 1.2, and refuses as HOME_UNAVAILABLE', async () => {
    const heard = await replaceBunkyo(pki.issue({ names: [BUNKYO_URI] }), { maxVersion: 'TLSv1.2' });
    const { reply } = await issueInShinjuku();
    expect(reply).toMatchObject({ reason: 'HOME_UNAVAILABLE', office: BUNKYO });
    expect(Buffer.concat(heard).toString()).toBe('');
  });

  it('would have been heard asking by a listener that has Bunkyo’s own certificate', async () => {
    const heard = await replaceBunkyo(pki.issue({ names: [BUNKYO_URI] }));
    await issueInShinjuku();
    expect(Buffer.concat(heard).toString('latin1')).toContain('PRI * HTTP/2.0');
  });
});

describe('An address in the network file is wrong: Tokyo really answers where Bunkyo is expected', () => {
  const askAt = async (answering: OfficeId, folder: string) => {
    const peers = new Peers(loadCredentials(folder), () => network.addressOf(answering));
    const letter = { office: BUNKYO, request: Buffer.alloc(0), metadata: {}, withinMs: 5_000 };
    const { outcome } = await send(peers, ProvideCopyData, letter);
    peers.close();
    return 'refusal' in outcome ? outcome.refusal.reason : 'OK';
  };

  it('refuses as OFFICE_UNAVAILABLE, and Tokyo has nothing to log', async () => {
    const folder = officeFolder(network.certs, SHINJUKU);
    const { reply, entries } = await network.watch(() => askAt(TOKYO, folder));
    expect(reply).toBe('OFFICE_UNAVAILABLE');
    expect(entries(TOKYO)).toEqual([]);
  });

  it('refuses an operator’s tool in the same way', async () => {
    const folder = openedCard(network, BUNKYO);
    const { reply, entries } = await network.watch(() => askAt(TOKYO, folder));
    expect(reply).toBe('OFFICE_UNAVAILABLE');
    expect(entries(TOKYO)).toEqual([]);
  });

  it('gets an answer where Bunkyo answers', async () => {
    expect(await askAt(BUNKYO, officeFolder(network.certs, SHINJUKU))).toBe('INVALID_REQUEST');
  });
});

describe('An office whose own certificate would be turned away by all others', () => {
  const certificates: [string, RegExp, () => Required<Identity>][] = [
    ['has expired', /expired/, () => pki.issue({ names: [BUNKYO_URI], validity: EXPIRED })],
    ['is not yet valid', /begins/, () => pki.issue({ names: [BUNKYO_URI], validity: NOT_YET_VALID })],
    ['is another office’s', /does not name/, () => pki.issue({ names: ['juki://municipality/131041'] })],
    ['is by another root', /does not name/, () => pki.issue({ by: strangeAuthority(), names: [BUNKYO_URI] })],
  ];

  it.each(certificates)(
    'does not start where its certificate %s, says so, and starts once it has a good one',
    async (_what, why, of) => {
      const folder = officeFolder(network.certs, BUNKYO);
      const files = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
      const good = files.map((file) => readFileSync(file));
      await network.stop(BUNKYO);
      const { cert, key } = of();
      for (const [i, pem] of [cert, key].entries()) writeFileSync(files[i] as string, pem);
      await expect(network.start(BUNKYO)).rejects.toThrow(why);
      for (const [i, pem] of good.entries()) writeFileSync(files[i] as string, pem);
      await network.start(BUNKYO);
      expect((await issueInShinjuku()).reply.copy?.records).toHaveLength(1);
    },
  );
});
