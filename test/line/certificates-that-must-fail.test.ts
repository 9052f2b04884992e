import { type ConnectionOptions, connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { Statements } from '#core/trust/statements.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { accountOf } from '../support/accounts.js';
import { BUNKYO, SHINJUKU, TOKYO } from '../support/offices.js';
import { mandateBy, ProvenLine, Prover, type Stated } from '../support/proven-line.js';
import { https, type Identity, identityIn, RawLine } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';
import { EXPIRED, NOT_YET_VALID, strangeAuthority, TestPki } from '../support/test-pki.js';

/*
 *   caller ── TLS 1.3, both show a certificate ──▶ Bunkyo (gRPC and HTTPS)
 *     other root, expired, none, TLS 1.2 ─────────╳ at the handshake: not a byte of an answer, nothing logged
 *     names nobody of this network ───────────────▶ CALLER_UNKNOWN, logged
 *     names somebody who has no business here ────▶ ACCESS_DENIED, logged
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const SHINJUKU_URI = 'juki://municipality/131041';
const HTTP2_PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0';
const HTTP1_REQUEST = 'GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n';
/** A signed-in caller is served at once; a caller that is not is let go at once. */
const PATIENCE_MS = 5_000;
/** Node looks at the certificate when the handshake is done, and closes the connection. */
const LET_GO = /^(CLOSED|ECONNRESET|EPIPE)$/;

let network: TestNetwork;
let pki: TestPki;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO, TOKYO] });
  pki = new TestPki(network.certs);
});
afterAll(() => network.remove());

interface Spoken {
  protocol: string | null;
  /** What the server sent after the handshake. */
  answer: Buffer;
  /** Why the connection ended, where the server ended it. */
  ended: string | undefined;
}

/** Opens a TLS connection, says the first words of a protocol, and tells what came back before it ended. */
function speak(port: number, identity: ConnectionOptions, words: string): Promise<Spoken> {
  const alpn = words === HTTP2_PREFACE ? ['h2'] : ['http/1.1'];
  return new Promise((resolve) => {
    const socket = connect({ ...identity, host: 'localhost', port, ALPNProtocols: alpn });
    const spoken: Spoken = { protocol: null, answer: Buffer.alloc(0), ended: undefined };
    const done = (ended?: string) => {
      socket.destroy();
      resolve({ ...spoken, ended });
    };
    socket.once('secureConnect', () => {
      spoken.protocol = socket.getProtocol();
      socket.write(words);
    });
    socket.on('data', (bytes) => {
      spoken.answer = Buffer.concat([spoken.answer, bytes]);
      done();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code));
    socket.on('close', () => done('CLOSED'));
    socket.setTimeout(PATIENCE_MS, () => done('NOTHING_HAPPENED'));
  });
}

const protocols = [
  { over: 'gRPC', words: HTTP2_PREFACE, portOf: (office: OfficeId) => network.node(office).grpcPort },
  { over: 'HTTPS', words: HTTP1_REQUEST, portOf: (office: OfficeId) => network.node(office).httpPort },
];

describe.each(protocols)('A caller of Bunkyo over $over whom TLS has to turn away', ({ words, portOf }) => {
  const strangers: [string, RegExp, () => ConnectionOptions][] = [
    [
      'of another root that has the name of ours',
      LET_GO,
      () => pki.issue({ by: strangeAuthority(), names: [SHINJUKU_URI] }),
    ],
    ['that has expired', LET_GO, () => pki.issue({ names: [SHINJUKU_URI], validity: EXPIRED })],
    ['that is not yet valid', LET_GO, () => pki.issue({ names: [SHINJUKU_URI], validity: NOT_YET_VALID })],
    [
      'that is good, over TLS 1.2',
      /ALERT_PROTOCOL_VERSION/,
      () => ({ ...pki.issue({ names: [SHINJUKU_URI] }), maxVersion: 'TLSv1.2' }),
    ],
    ['that is none at all', /CERTIFICATE_REQUIRED/, () => ({ ca: pki.officesAuthority })],
  ];

  it.each(strangers)(
    'refuses a certificate %s at the handshake, without a word and without an entry',
    async (_what, end, of) => {
      const { reply, entries } = await network.watch(() => speak(portOf(BUNKYO), of(), words));
      expect(reply.answer).toHaveLength(0);
      expect(reply.ended).toMatch(end);
      expect(entries(BUNKYO)).toEqual([]);
    },
  );

  it('speaks TLS 1.3 with a caller whose certificate is good', async () => {
    const { protocol, answer } = await speak(portOf(BUNKYO), pki.issue({ names: [SHINJUKU_URI] }), words);
    expect(protocol).toBe('TLSv1.3');
    expect(answer.length).toBeGreaterThan(0);
  });

  it('answers nothing to a caller who does not speak TLS at all', async () => {
    const { connect: plain } = await import('node:net');
    const answer = await new Promise<Buffer>((resolve) => {
      const socket = plain(portOf(BUNKYO), 'localhost', () => socket.write(words));
      const received: Buffer[] = [];
      socket.on('data', (bytes) => received.push(bytes));
      socket.on('error', () => {});
      socket.on('close', () => resolve(Buffer.concat(received)));
      socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    });
    // At most a TLS alert: record type 21, and seven bytes in all.
    expect([0, 7]).toContain(answer.length);
    expect(answer[0] ?? 21).toBe(21);
  });
});

const nobodies: [string, () => Required<Identity>][] = [
  ['without alternative names', () => pki.issue({ names: [] })],
  ['with a host name alone', () => pki.issue({ names: [{ type: 2, value: 'shinjuku' }] })],
  ['with two URIs', () => pki.issue({ names: [SHINJUKU_URI, 'juki://municipality/131156'] })],
  ['with the same URI twice', () => pki.issue({ names: [SHINJUKU_URI, SHINJUKU_URI] })],
  ['with one URI that reads like two', () => pki.issue({ names: [`${SHINJUKU_URI}, URI:juki://national`] })],
  [
    'with a host name that reads like a URI',
    () => pki.issue({ names: [{ type: 2, value: `x, URI:${SHINJUKU_URI}` }] }),
  ],
  ['with a code whose check digit is wrong', () => pki.issue({ names: ['juki://municipality/131040'] })],
  ['with a URI of another scheme', () => pki.issue({ names: ['https://municipality/131041'] })],
  ['with more after the office', () => pki.issue({ names: [`${SHINJUKU_URI}/x`] })],
  ['of an operator, by the offices’ authority', () => pki.issue({ names: [`juki://${BUNKYO}/operator/operator-1`] })],
  ['of an office, by the operators’ authority', () => pki.issue({ by: 'operators', names: [SHINJUKU_URI] })],
  ['of an office, by the agencies’ authority', () => pki.issue({ by: 'agencies', names: [SHINJUKU_URI] })],
  ['of an agency, by the offices’ authority', () => pki.issue({ names: ['juki://agency/pension-service'] })],
];

describe('A caller of Bunkyo whose certificate is sound and names nobody of this network', () => {
  it.each(nobodies)('refuses a certificate %s over gRPC as CALLER_UNKNOWN, and logs it', async (_what, of) => {
    const line = new RawLine(network.node(BUNKYO).grpcPort, of());
    const { reply, entries } = await network.watch(() => line.call(ProvideCopyData.path));
    line.close();
    expect(reply).toMatchObject({ code: 16, reason: 'CALLER_UNKNOWN', details: { office: BUNKYO }, messages: [] });
    const refused = { event: 'ANSWERED', procedure: ProvideCopyData.path, outcome: 'CALLER_UNKNOWN', caller: '' };
    expect(entries(BUNKYO)).toMatchObject([refused]);
  });

  it.each(nobodies)('refuses a certificate %s over HTTPS as CALLER_UNKNOWN, and logs it', async (_what, of) => {
    const { httpPort } = network.node(BUNKYO);
    const { reply, entries } = await network.watch(() => https(httpPort, of(), { path: '/health' }));
    expect(reply).toMatchObject({ status: 401, reason: 'CALLER_UNKNOWN' });
    expect(reply.headers['content-type']).toMatch('application/problem+json');
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', procedure: 'GET /health', outcome: 'CALLER_UNKNOWN' }]);
  });
});

describe('A caller of Bunkyo whose certificate is another office’s than is due', () => {
  it('refuses a prefecture where a municipality is due as ACCESS_DENIED, and logs who it was', async () => {
    const line = new RawLine(network.node(BUNKYO).grpcPort, identityIn(officeFolder(network.certs, TOKYO)));
    const { reply, entries } = await network.watch(() => line.call(ProvideCopyData.path));
    line.close();
    expect(reply).toMatchObject({ code: 7, reason: 'ACCESS_DENIED', details: { office: BUNKYO } });
    expect(entries(BUNKYO)).toMatchObject([{ outcome: 'ACCESS_DENIED', caller: 'juki://prefecture/130001' }]);
  });

  it('refuses a municipality where an operator is due as ACCESS_DENIED over HTTPS, and logs who it was', async () => {
    const identity = identityIn(officeFolder(network.certs, SHINJUKU));
    const question = { method: 'POST', path: '/wide-area-copies', headers: { 'content-type': 'application/json' } };
    const { httpPort } = network.node(BUNKYO);
    const { reply, entries } = await network.watch(() => https(httpPort, identity, { ...question, body: '{}' }));
    expect(reply).toMatchObject({ status: 403, reason: 'ACCESS_DENIED' });
    expect(entries(BUNKYO)).toMatchObject([{ outcome: 'ACCESS_DENIED', caller: SHINJUKU_URI }]);
  });

  it('lets the operator of Bunkyo in, whose certificate is the operators’ authority’s', async () => {
    const reply = await https(network.node(BUNKYO).httpPort, operatorOf(network, BUNKYO), { path: '/health' });
    expect(JSON.parse(reply.text)).toMatchObject({ status: 'SERVING', office: BUNKYO });
  });

  it('refuses a municipality that is certified and not in the network file as NOT_PARTICIPATING', async () => {
    const sapporo = pki.issue({ names: ['juki://municipality/011002'] });
    const { trusted } = loadCredentials(officeFolder(network.certs, BUNKYO));
    const statements = new Statements({
      ...{ key: Buffer.from(sapporo.key), certificate: Buffer.from(sapporo.cert), trusted },
    });
    const { cert: certificate, key } = pki.issue({
      ...{ by: 'operators', names: ['juki://municipality/011002/operator/operator-1'] },
    });
    const [office, at] = ['municipality/011002', network.clock.now()];
    const mandateOf = (stated: Stated) => mandateBy({ certificate, key }, { ...stated, office, at });
    const between = { asking: office, answering: BUNKYO, clock: network.clock, mandateOf };
    const raw = new RawLine(network.node(BUNKYO).grpcPort, sapporo);
    const line = new ProvenLine(raw, new Prover({ ...between, statements }));
    const question = {
      applicantName: '誰',
      residentRecordCode: '24727059608',
      whom: 'WHOM_TO_PRINT_APPLICANT' as const,
    };
    const reply = await line.call(ProvideCopyData.path, ProvideCopyData.encodeRequest(question), {
      metadata: accountOf(),
    });
    line.close();
    expect(reply.reason).toBe('NOT_PARTICIPATING');
  });
});
