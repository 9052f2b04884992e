import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectDiscreet, expectProblem, SECRET_CODE, SECRET_NAME } from '../support/bad-input.js';
import { byPhotoId, overHttps } from '../support/counter.js';
import { bytesIn } from '../support/log-lines.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { Town } from '../support/people.js';
import { type HttpsReply, https } from '../support/raw-line.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   a program of Shinjuku's ── anything but a well-formed application ──▶ HTTPS server of Shinjuku
 *                           ◀── a problem document with a reason ──┘     (one entry of the log; and it goes on)
 */
const JSON_TYPE = { 'content-type': 'application/json' };
const COPIES = { method: 'POST', path: '/wide-area-copies', headers: JSON_TYPE };
const SECRET_JSON = JSON.stringify({ name: SECRET_NAME, code: SECRET_CODE });

let network: TestNetwork;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, BUNKYO] });
});
afterAll(() => network.remove());

type Question = Parameters<typeof https>[2];

/** Sends a request to Shinjuku; sees that one entry was logged and that no technical log holds anything of it. */
async function send(question: Question): Promise<HttpsReply> {
  const before = network.logLines.length;
  const { httpPort } = network.node(SHINJUKU);
  const { reply, entries } = await network.watch(() => https(httpPort, operatorOf(network, SHINJUKU), question));
  expect(entries(SHINJUKU)).toMatchObject([{ event: 'ANSWERED', outcome: reply.reason, operator: 'operator-1' }]);
  expectDiscreet([...network.logLines.slice(before), JSON.stringify(entries(SHINJUKU))]);
  return reply;
}

describe('A body that is no application', () => {
  it.each<[string, Buffer | string]>([
    ['nothing', ''],
    ['half a document', SECRET_JSON.slice(0, -1)],
    ['two documents', SECRET_JSON + SECRET_JSON],
    ['a word without quotes', SECRET_NAME],
    ['a comment', `/* ${SECRET_NAME} */ {}`],
    ['a number that JSON does not have', '{"a": NaN}'],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xe7, 0xa7]), Buffer.from('"}')]),
    ],
    ['Shift_JIS', Buffer.from([0x7b, 0x22, 0x94, 0xe9, 0x96, 0xa7, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16', Buffer.from(SECRET_JSON, 'utf16le')],
    ['ten thousand brackets', '['.repeat(10_000)],
    ['a prototype', `{"__proto__": {"homeMunicipality": "${SECRET_NAME}"}}`],
    ['a prototype, escaped', `{"\\u005f_proto__": {"name": "${SECRET_NAME}"}}`],
    ['a prototype within', `{"identityProof": {"__proto__": {"name": "${SECRET_NAME}"}}}`],
    ['a constructor’s prototype', `{"constructor": {"prototype": {"name": "${SECRET_NAME}"}}}`],
  ])('is refused as INVALID_REQUEST: %s', async (_what, body) => {
    expectProblem(await send({ ...COPIES, body }), 'INVALID_REQUEST');
    expect(Object.hasOwn(Object.prototype, 'homeMunicipality')).toBe(false);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'x',
  ])('is refused under the content type %s as INVALID_REQUEST', async (type) => {
    const headers = { 'content-type': type };
    expectProblem(await send({ ...COPIES, headers, body: SECRET_JSON }), 'INVALID_REQUEST');
  });

  it('is refused without a content type as INVALID_REQUEST', async () => {
    expectProblem(await send({ ...COPIES, headers: {}, body: SECRET_JSON }), 'INVALID_REQUEST');
  });

  it.each([65, 2_048])('is refused at %i KiB as MESSAGE_TOO_LARGE', async (kibibytes) => {
    const body = JSON.stringify({ name: SECRET_NAME.padEnd(kibibytes * 1024, 'x') });
    expectProblem(await send({ ...COPIES, body }), 'MESSAGE_TOO_LARGE');
  });

  it('is refused as MESSAGE_TOO_LARGE where it does not say beforehand how large it is', async () => {
    const headers = { ...JSON_TYPE, 'transfer-encoding': 'chunked' };
    const body = JSON.stringify({ name: SECRET_NAME.padEnd(65 * 1024, 'x') });
    expectProblem(await send({ ...COPIES, headers, body }), 'MESSAGE_TOO_LARGE');
  });
});

describe('A request for what there is not', () => {
  it.each([
    ['GET', '/wide-area-copies'],
    ['PUT', '/wide-area-copies'],
    ['DELETE', '/wide-area-copies'],
    ['PATCH', '/wide-area-copies'],
    ['OPTIONS', '/wide-area-copies'],
    ['TRACE', '/wide-area-copies'],
    ['PROPFIND', '/wide-area-copies'],
    ['POST', '/health'],
    ['GET', '/'],
    ['GET', '/residents'],
    ['GET', '/../../etc/passwd'],
    ['GET', `/wide-area-copies/${encodeURIComponent(SECRET_NAME)}`],
    ['GET', `/health/${SECRET_CODE}`],
    ['POST', '/wide-area-copies/'],
    ['POST', '//wide-area-copies'],
    ['POST', '/Wide-Area-Copies'],
  ])('is refused as NO_SUCH_PROCEDURE: %s %s', async (method, path) => {
    const body = method === 'POST' ? { headers: JSON_TYPE, body: SECRET_JSON } : {};
    const reply = await send({ method, path, ...body });
    expectProblem(reply, 'NO_SUCH_PROCEDURE', [path.split('/').at(-1)?.padStart(4, '/') ?? path]);
  });

  it('is refused as a problem without its words where the path can not be decoded', async () => {
    const reply = await send({ path: `/${SECRET_CODE}%E0%A4%A` });
    expectProblem(reply, 'INVALID_REQUEST', ['%E0%A4%A']);
  });
});

describe('A problem document', () => {
  it.each([
    ['ja', '要求の形式が正しくありません'],
    ['ja-JP,en;q=0.5', '要求の形式が正しくありません'],
    ['en', 'The request is not well formed'],
    ['', 'The request is not well formed'],
  ])('has its title in the language that “%s” asks for, and both titles besides', async (language, title) => {
    const headers = { ...JSON_TYPE, 'accept-language': language };
    const reply = await send({ ...COPIES, headers, body: '{}' });
    const titles = { ja: '要求の形式が正しくありません', en: 'The request is not well formed' };
    expect(JSON.parse(reply.text)).toMatchObject({ title, titles, type: 'urn:juki-net:reason:INVALID_REQUEST' });
  });
});

describe('Bytes over TLS that are hardly HTTP', () => {
  /** Says words on a TLS connection and gives back all that comes until the server closes it. */
  const say = (words: string) =>
    new Promise<string>((resolve) => {
      const { httpPort } = network.node(SHINJUKU);
      const socket = connect({ ...operatorOf(network, SHINJUKU), host: 'localhost', port: httpPort });
      const received: Buffer[] = [];
      socket.once('secureConnect', () => socket.write(words));
      socket.on('data', (bytes) => received.push(bytes));
      socket.on('error', () => {});
      socket.on('close', () => resolve(Buffer.concat(received).toString()));
      socket.setTimeout(5_000, () => socket.destroy());
    });

  it.each([
    ['no request line', `${SECRET_NAME}\r\n\r\n`],
    ['a method that there is not', `${SECRET_CODE} /wide-area-copies HTTP/1.1\r\nhost: x\r\n\r\n`],
    [
      'two lengths',
      `POST /wide-area-copies HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n${SECRET_NAME}`,
    ],
    [
      'a length and chunks',
      `POST /wide-area-copies HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n${SECRET_NAME}`,
    ],
    ['a header of 64 KiB', `GET /health HTTP/1.1\r\nhost: x\r\nx: ${SECRET_NAME}${'x'.repeat(65_536)}\r\n\r\n`],
    ['a header with a line feed in it', `GET /health HTTP/1.1\r\nhost: x\r\nx: ${SECRET_NAME}\n y\rz\r\n\r\n`],
  ])('are refused with a problem document, and with nothing of them in any log: %s', async (_what, words) => {
    const before = network.logLines.length;
    const answer = await say(words);
    const lines = network.logLines.slice(before);
    expectDiscreet([answer, ...lines, ...lines.flatMap((line) => bytesIn(JSON.parse(line)))]);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(answer).toMatch(/"reason":"(INVALID_REQUEST|MESSAGE_TOO_LARGE)"/);
  });
});

describe('Shinjuku after all that', () => {
  it('issues a copy as ever', async () => {
    await send({ ...COPIES, body: '[' });
    const { copy } = await overHttps.apply(network, SHINJUKU, byPhotoId(new Town(network.people, BUNKYO).memberOfFour));
    expect(copy?.records).toHaveLength(1);
  });
});
