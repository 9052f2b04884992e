import { type KeyObject, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { signInText } from '#core/operators/card-proof.js';
import { OPERATOR, SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { bytesIn } from '../support/log-lines.js';
import { BUNKYO, NATIONAL } from '../support/offices.js';
import { OperatorDesk } from '../support/operator-desk.js';
import { type HttpsReply, postJson } from '../support/raw-line.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';
import { TestPki } from '../support/test-pki.js';

/*
 *   a counter’s program ── POST /sign-in/challenge ──▶ Bunkyo
 *                       ── POST /sign-in: the card’s signature, the password ──▶ a session cookie
 */
let network: TestNetwork;
let one: OperatorDesk;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [BUNKYO, NATIONAL] });
  one = new OperatorDesk(network, BUNKYO, OPERATOR);
});
afterEach(() => network.remove());

const post = (path: string, body: object, desk = one, identity = desk.identity()) =>
  postJson(network.node(desk.office).httpPort, identity, path, body);

async function challengeFor(desk = one): Promise<string> {
  return JSON.parse((await post('/sign-in/challenge', {}, desk)).text).challenge;
}

function signed(key: KeyObject, challenge: string, office = BUNKYO): string {
  const text = Buffer.from(signInText(office, challenge));
  return sign('sha256', text, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

/** What an operator sends after a challenge, but for what differs. */
async function proofOf(desk = one, differing: object = {}) {
  const { certificate, key } = desk.open();
  const challenge = await challengeFor(desk);
  const signature = signed(key, challenge, desk.office);
  return { certificate, challenge, signature, password: desk.password, ...differing };
}

/** The cookie that a program would send back. */
function cookieIn({ headers }: HttpsReply): string {
  return String([headers['set-cookie']].flat()[0] ?? '').split(';')[0] ?? '';
}

describe('A card’s signature and a password', () => {
  it('sign an operator in, at the national centre too, and say as whom', async () => {
    const reply = await post('/sign-in', await proofOf());
    const times = { signedInAt: '2016-05-27T01:00:00.000Z', endsAt: '2016-05-27T09:00:00.000Z' };
    expect([reply.status, JSON.parse(reply.text)]).toEqual([
      201,
      { operator: OPERATOR, role: 'SUPERVISOR', idleMinutes: 5, ...times },
    ]);
    const centre = new OperatorDesk(network, NATIONAL, OPERATOR);
    expect((await post('/sign-in', await proofOf(centre), centre)).status).toBe(201);
  });

  it('begin a session that is in a cookie for this host over TLS alone, out of reach of scripts, and not in the answer', async () => {
    const reply = await post('/sign-in', await proofOf());
    const cookie = String(reply.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-juki-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    expect(reply.text).not.toContain(cookieIn(reply).split('=')[1]);
  });

  it('begin a session that the same card can go on with over gRPC, and another can not', async () => {
    const session = cookieIn(await post('/sign-in', await proofOf())).split('=')[1] ?? '';
    const two = new OperatorDesk(network, BUNKYO, SECOND_OPERATOR);
    expect([await one.refusalIn(session), await two.refusalIn(session)]).toEqual([undefined, 'SIGN_IN_REQUIRED']);
  });

  it('begin a session that signing out ends, and makes a browser forget', async () => {
    const cookie = cookieIn(await post('/sign-in', await proofOf()));
    const session = cookie.split('=')[1] ?? '';
    const { httpPort } = network.node(BUNKYO);
    const reply = await postJson(httpPort, one.identity(), '/sign-out', {}, { cookie: `theme=dark; ${cookie}` });
    expect(reply.status).toBe(200);
    expect(String(reply.headers['set-cookie'])).toMatch(/^__Host-juki-session=; .*Max-Age=0$/);
    expect(await one.refusalIn(session)).toBe('SIGN_IN_REQUIRED');
  });

  it('leave an entry each, and nothing of password and signature in any line', async () => {
    const wrong = 'a-password-that-nobody-has';
    const { entries } = await network.watch(async () => {
      await post('/sign-in', await proofOf());
      await post('/sign-in', await proofOf(one, { password: wrong }));
      await post('/sign-out', {});
    });
    const [challenge, signIn] = ['POST /sign-in/challenge', 'POST /sign-in'];
    expect(entries(BUNKYO).map(({ procedure, outcome, operator }) => [procedure, outcome, operator])).toEqual([
      [challenge, 'OK', OPERATOR],
      [signIn, 'OK', OPERATOR],
      [challenge, 'OK', OPERATOR],
      [signIn, 'SIGN_IN_FAILED', OPERATOR],
      ['POST /sign-out', 'OK', OPERATOR],
    ]);
    const lines = network.logLines.flatMap((line) => [line, ...bytesIn(JSON.parse(line))]).join('\n');
    for (const secret of [wrong, one.password]) expect(lines + JSON.stringify(entries(BUNKYO))).not.toContain(secret);
  });
});

describe('A sign-in over HTTPS', () => {
  const wrongs: [string, () => Promise<object>][] = [
    ['another password', () => proofOf(one, { password: 'wrong' })],
    ['a challenge of one’s own', () => proofOf(one, { challenge: 'A'.repeat(43) })],
    ['a signature by another key', async () => ({ ...(await proofOf()), signature: (await strange()).signature })],
    ['another card of the same name', () => strange()],
    ['the card of the other operator', () => proofOf(one, { certificate: second().open().certificate })],
    ['a signature for another office', () => proofOf(one, { signature: signed(one.open().key, 'x', NATIONAL) })],
  ];
  const second = () => new OperatorDesk(network, BUNKYO, SECOND_OPERATOR);
  const strange = async () => {
    const { key } = second().open();
    const challenge = await challengeFor();
    const certificate = new TestPki(network.certs).issue({
      ...{ by: 'operators', names: [`juki://${BUNKYO}/operator/${OPERATOR}`] },
    }).cert;
    return { certificate, challenge, signature: signed(key, challenge), password: one.password };
  };

  it.each(wrongs)('fails as every other does with %s, without a cookie', async (_what, wrong) => {
    const plain = await post('/sign-in', await proofOf(one, { password: 'wrong' }));
    const { status, text, headers } = await post('/sign-in', await wrong());
    expect({ status, text }).toEqual({ status: 401, text: plain.text });
    expect(JSON.parse(text)).toMatchObject({ reason: 'SIGN_IN_FAILED' });
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('fails with a challenge that has served', async () => {
    const proof = await proofOf();
    expect([(await post('/sign-in', proof)).status, (await post('/sign-in', proof)).reason]).toEqual([
      ...[201, 'SIGN_IN_FAILED'],
    ]);
  });

  it('fails two minutes after the challenge', async () => {
    const proof = await proofOf();
    network.clock.set('2016-05-27T10:02:00+09:00');
    expect((await post('/sign-in', proof)).reason).toBe('SIGN_IN_FAILED');
  });

  it('is counted together with those over gRPC', async () => {
    for (let i = 0; i < 3; i++) await one.signIn('wrong');
    for (let i = 0; i < 2; i++) await post('/sign-in', await proofOf(one, { password: 'wrong' }));
    expect((await post('/sign-in', await proofOf())).reason).toBe('SIGN_IN_FAILED');
    expect((await one.signIn()).reason).toBe('SIGN_IN_FAILED');
  });
});
