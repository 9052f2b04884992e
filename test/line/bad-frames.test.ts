import { connect as connectHttp2, type IncomingHttpHeaders } from 'node:http2';
import { connect } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Reason } from '#core/domain/refusal.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { Statements } from '#core/trust/statements.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { decodeRefusal, STATUS_TRAILER } from '#core/wire/refusal-status.js';
import { accountOf, anExchange } from '../support/accounts.js';
import { expectDiscreet, SECRET_CODE, SECRET_NAME } from '../support/bad-input.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { demoMandates, Prover } from '../support/proven-line.js';
import { identityIn } from '../support/raw-line.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Shinjuku ── HTTP/2 that no gRPC library would send ──▶ Bunkyo: ends it, says why or hangs up, and goes on
 */
const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');
const PATIENCE_MS = 5_000;
const GOOD = ProvideCopyData.encodeRequest({
  ...{ applicantName: SECRET_NAME, residentRecordCode: SECRET_CODE, whom: 'WHOM_TO_PRINT_APPLICANT' },
});

let network: TestNetwork;
const shinjuku = () => ({ ...identityIn(officeFolder(network.certs, SHINJUKU)), host: 'localhost' });

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
});
afterAll(() => network.remove());

/** The headers of a good question of Shinjuku's, with its proof over the bytes. */
async function headersOver(bytes: Uint8Array, exchange?: string): Promise<Record<string, string>> {
  const statements = new Statements(loadCredentials(officeFolder(network.certs, SHINJUKU)));
  const mandateOf = demoMandates(network.certs, SHINJUKU, network.clock);
  const prover = new Prover({ asking: SHINJUKU, answering: BUNKYO, mandateOf, clock: network.clock, statements });
  const proven = await prover.headers(ProvideCopyData.path, bytes, accountOf(exchange));
  const texts = Object.entries(proven).map(([key, value]) => [key, asText(value)]);
  const grpc = { ':method': 'POST', ':path': ProvideCopyData.path, 'content-type': 'application/grpc', te: 'trailers' };
  return { ...grpc, ...Object.fromEntries(texts) };
}

function asText(value: string | Buffer): string {
  return Buffer.isBuffer(value) ? value.toString('base64') : value;
}

/** A message in gRPC's frame: whether it is compressed, how long it says it is, and the bytes. */
function frame(bytes: Uint8Array, { compressed = 0, length = bytes.length } = {}): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(compressed);
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, bytes]);
}

interface Ending {
  how: 'ANSWERED' | 'HUNG_UP' | 'NOTHING_HAPPENED';
  httpStatus?: number | undefined;
  /** The reason in the trailer. */
  reason?: string | undefined;
  told: string;
}

/** One HTTP/2 stream on a connection of its own, and how it ended. */
function send(headers: Record<string, string>, body: Buffer): Promise<Ending> {
  const session = connectHttp2(`https://localhost:${network.node(BUNKYO).grpcPort}`, shinjuku());
  return new Promise((resolve) => {
    let seen: IncomingHttpHeaders & { ':status'?: number } = {};
    const end = (how: Ending['how']) => {
      session.destroy();
      const status = Buffer.from(seen[STATUS_TRAILER]?.toString() ?? '', 'base64');
      const told = decodeURIComponent(Object.values(seen).join('\n'));
      resolve({ how, httpStatus: seen[':status'], reason: decodeRefusal(status)?.reason, told: told + status });
    };
    session.on('error', () => end('HUNG_UP'));
    const stream = session.request(headers, { endStream: false });
    const note = (more: object) => {
      seen = { ...seen, ...more };
    };
    stream.on('response', note).on('trailers', note);
    stream.on('error', () => end('HUNG_UP')).on('close', () => end(seen[':status'] ? 'ANSWERED' : 'HUNG_UP'));
    stream.setTimeout(PATIENCE_MS, () => end('NOTHING_HAPPENED'));
    stream.resume();
    stream.end(body);
  });
}

async function expectHealthy(): Promise<void> {
  const record = new Town(network.people, BUNKYO).memberOfFour;
  const { copy, reason } = await overGrpc.apply(network, SHINJUKU, byPhotoId(record));
  expect({ records: copy?.records.length, reason }).toEqual({ records: 1, reason: undefined });
}

describe('A stream to Bunkyo that breaks the rules of gRPC', () => {
  const zeros = gzipSync(Buffer.alloc(16 * 1024 * 1024));

  it.each<[string, Reason, Record<string, string>, Buffer]>([
    ['without a message', 'INVALID_REQUEST', {}, Buffer.alloc(0)],
    ['with half of a frame’s prefix', 'INVALID_REQUEST', {}, Buffer.from([0, 0])],
    ['with a message that ends before its length', 'INVALID_REQUEST', {}, frame(GOOD, { length: 50_000 })],
    ['with a message that says it is 4 GiB long', 'MESSAGE_TOO_LARGE', {}, frame(GOOD, { length: 0xffffffff })],
    ['with two messages', 'INVALID_REQUEST', {}, Buffer.concat([frame(GOOD), frame(GOOD)])],
    [
      'with an encoding that nobody knows',
      'INVALID_REQUEST',
      { 'grpc-encoding': 'secret' },
      frame(GOOD, { compressed: 1 }),
    ],
    ['with gzip that is none', 'INVALID_REQUEST', { 'grpc-encoding': 'gzip' }, frame(GOOD, { compressed: 1 })],
    [
      'with gzip that grows to 16 MiB',
      'MESSAGE_TOO_LARGE',
      { 'grpc-encoding': 'gzip' },
      frame(zeros, { compressed: 1 }),
    ],
    ['with a deadline that is none', 'INVALID_REQUEST', { 'grpc-timeout': 'soon' }, frame(GOOD)],
    // What grpc-js takes for a good question, Bunkyo answers: nobody has this code.
    ['with a compressed message, of no encoding', 'NOT_FOUND', {}, frame(GOOD, { compressed: 1 })],
    ['with 32 KiB of headers', 'NOT_FOUND', { 'x-secret': SECRET_CODE.repeat(3_000) }, frame(GOOD)],
    ['with a binary header that is no base64', 'NOT_FOUND', { 'x-bin': '%%' }, frame(GOOD)],
    ['with nothing amiss', 'NOT_FOUND', {}, frame(GOOD)],
  ])('is answered %s as %s, and has this one entry in the log', async (_what, reason, headers, body) => {
    const before = network.logLines.length;
    const sound = await headersOver(GOOD);
    const { reply, entries } = await network.watch(() => send({ ...sound, ...headers }, body));
    expect(reply).toMatchObject({ how: 'ANSWERED', httpStatus: 200, reason });
    expect(entries(BUNKYO).map(({ outcome }) => outcome)).toEqual([reason]);
    expectDiscreet([reply.told, ...network.logLines.slice(before)]);
    await expectHealthy();
  });

  it('is not listened to under a web page’s content type', async () => {
    const { how, httpStatus, told } = await send(
      { ...(await headersOver(GOOD)), 'content-type': 'text/html' },
      frame(GOOD),
    );
    expect({ how, httpStatus }).toEqual({ how: 'ANSWERED', httpStatus: 415 });
    expectDiscreet([told]);
    await expectHealthy();
  });

  it('is told that its deadline passed, or answered, where it gives Bunkyo a millisecond', async () => {
    const { how, reason } = await send({ ...(await headersOver(GOOD)), 'grpc-timeout': '1m' }, frame(GOOD));
    expect(how).toBe('ANSWERED');
    expect(['DEADLINE_PASSED', 'NOT_FOUND']).toContain(reason);
    await expectHealthy();
  });
});

describe('A connection to Bunkyo that breaks the rules of HTTP/2', () => {
  const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1');

  it.each([
    ['says something else', Buffer.from(`GET / HTTP/1.1\r\nhost: ${SECRET_CODE}\r\n\r\n`)],
    ['says nothing that makes sense', Buffer.from(SECRET_NAME.repeat(100))],
    ['begins well and goes on with noise', Buffer.concat([preface, Buffer.from(SECRET_NAME.repeat(5_000))])],
    [
      'sends a frame that is longer than allowed',
      Buffer.concat([preface, Buffer.from([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1])]),
    ],
    ['ends within its preface', preface.subarray(0, 7)],
  ])('is closed, and Bunkyo goes on: a caller %s', async (_what, words) => {
    const before = network.logLines.length;
    await new Promise<void>((resolve) => {
      const port = network.node(BUNKYO).grpcPort;
      const socket = connect({ ...shinjuku(), port, ALPNProtocols: ['h2'] }, () => socket.end(words));
      socket.on('error', () => {}).on('close', () => resolve());
      socket.resume();
      socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    });
    expectDiscreet(network.logLines.slice(before));
    await expectHealthy();
  });

  it('leaves no mark where a caller goes away in the middle of a hundred questions', async () => {
    const { name: applicantName, residentRecordCode } = new Town(network.people, BUNKYO).memberOfFour;
    const question = { applicantName, residentRecordCode, whom: 'WHOM_TO_PRINT_APPLICANT' as const };
    const bytes = frame(ProvideCopyData.encodeRequest(question));
    const session = connectHttp2(`https://localhost:${network.node(BUNKYO).grpcPort}`, shinjuku());
    session.on('error', () => {});
    const left = Array.from({ length: 100 }, (_, i) => anExchange(1_000 + i));
    const headers = await Promise.all(
      left.map((exchange) => headersOver(ProvideCopyData.encodeRequest(question), exchange)),
    );
    await new Promise<void>((resolve) => {
      for (let i = 0; i < 100; i++) {
        const stream = session.request(headers[i], { endStream: false });
        stream.on('error', () => {}).resume();
        stream.end(bytes, () => {
          if (i === 99) resolve(session.destroy());
        });
      }
    });
    await expectHealthy();
    const entries = await network.node(BUNKYO).audit.entries();
    const logged = entries.filter(({ exchange }) => left.includes(exchange));
    expect(logged.filter(({ outcome }) => outcome !== 'OK')).toEqual([]);
    expect(new Set(logged.map(({ exchange }) => exchange)).size).toBe(logged.length);
  });
});
