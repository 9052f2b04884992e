import { sign, verify, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { SigningNetwork } from '../../../../test/support/signing-office.js';
import { serialOf } from './revocation-list.js';
import { issuedKeyOf } from './signing-keys.js';
import { type Signing, Statements } from './statements.js';

const BUNKYO = 'municipality/131059';
const SHINJUKU = 'municipality/131041';
const AT = new Date('2016-05-27T10:00:00+09:00');
const BYTES = Buffer.from('what Bunkyo states');

const network = new SigningNetwork();
/** Of the same names, with other keys. */
const strangers = new SigningNetwork();

const P1363 = { dsaEncoding: 'ieee-p1363' as const };
/** In threads, so that something can happen while one signs; drawn until s is the lower of the two, as all have to be. */
const OFF_LOOP: Signing = {
  sign: async (bytes, key) => {
    const drawn = await promisify(sign)('sha256', bytes, { key, ...P1363 });
    return drawn.readUInt8(32) < 0x7f ? drawn : OFF_LOOP.sign(bytes, key);
  },
  verify: (bytes, key, signature) => promisify(verify)('sha256', bytes, { key, ...P1363 }, signature),
};

describe.each([
  { where: 'on the event loop', signing: undefined },
  { where: 'beside it', signing: OFF_LOOP },
])('A statement that is signed $where', ({ signing }) => {
  const bunkyo = network.signs(BUNKYO, signing);
  const shinjuku = network.signs(SHINJUKU, signing);

  it('is known to another office as that of whoever signed it, with the time that it says', async () => {
    const signed = await bunkyo.sign(BYTES, AT);
    expect(await shinjuku.officeThatSigned(BYTES, signed)).toBe(BUNKYO);
    expect([signed.at, signed.signature.length]).toEqual([AT.getTime(), 64]);
  });

  it('is known as that of its signer by the signer as well, and a second time', async () => {
    const signed = await bunkyo.sign(BYTES, AT);
    const offices = [await bunkyo.officeThatSigned(BYTES, signed), await bunkyo.officeThatSigned(BYTES, signed)];
    expect(offices).toEqual([BUNKYO, BUNKYO]);
  });

  it('is known though its signer’s certificate is renewed while it is being signed', async () => {
    const renewed = network.credentials(`juki://${BUNKYO}`);
    const signer = network.signs(BUNKYO, signing);
    const underWay = signer.sign(BYTES, AT);
    signer.renew(renewed);
    const [before, after] = [await underWay, await signer.sign(BYTES, AT)];
    for (const signed of [before, after]) expect(await shinjuku.officeThatSigned(BYTES, signed)).toBe(BUNKYO);
    expect(before.certificate).not.toEqual(after.certificate);
  });

  it('is nobody’s over other bytes, be it one bit', async () => {
    const signed = await bunkyo.sign(BYTES, AT);
    const others = [Buffer.alloc(0), Buffer.concat([BYTES, Buffer.alloc(1)]), BYTES.subarray(1), flipped(BYTES, 0)];
    for (const other of others) expect(await shinjuku.officeThatSigned(other, signed)).toBeUndefined();
  });

  it('is nobody’s where one bit of the signature is another, wherever', async () => {
    const signed = await bunkyo.sign(BYTES, AT);
    for (let i = 0; i < 64; i += 1) {
      const signature = flipped(signed.signature, i);
      expect(await shinjuku.officeThatSigned(BYTES, { ...signed, signature })).toBeUndefined();
    }
  });

  it('is nobody’s under the certificate of another office: the key has to be that of the certificate', async () => {
    const signed = await bunkyo.sign(BYTES, AT);
    const { certificate } = await shinjuku.sign(BYTES, AT);
    expect(await shinjuku.officeThatSigned(BYTES, { ...signed, certificate })).toBeUndefined();
  });

  it('is nobody’s under another certificate of the same office, with another key', async () => {
    const signed = await bunkyo.sign(BYTES, AT);
    const { certificate } = await network.signs(BUNKYO, signing).sign(BYTES, AT);
    expect(await shinjuku.officeThatSigned(BYTES, { ...signed, certificate })).toBeUndefined();
  });

  it('is nobody’s under a certificate of another network’s authority of the same name', async () => {
    const signed = await strangers.signs(BUNKYO, signing).sign(BYTES, AT);
    expect(await shinjuku.officeThatSigned(BYTES, signed)).toBeUndefined();
  });

  it.each([
    ['an operator of Bunkyo, by the operators’ authority', `juki://${BUNKYO}/operator/operator-1`, 'operators'],
    ['an operator of Bunkyo, by the offices’ authority', `juki://${BUNKYO}/operator/operator-1`, 'offices'],
    ['an agency, by the agencies’ authority', 'juki://agency/japan-pension-service', 'agencies'],
    ['an office, by the operators’ authority', `juki://${BUNKYO}`, 'operators'],
    ['an office with a wrong check digit', 'juki://municipality/131050', 'offices'],
  ] as const)('is nobody’s under the certificate of %s', async (_whose, uri, by) => {
    const signer = new Statements(network.credentials(uri, by), signing);
    expect(await shinjuku.officeThatSigned(BYTES, await signer.sign(BYTES, AT))).toBeUndefined();
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.alloc(700, 0x5a)],
    ['a text', Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')],
  ])('is nobody’s where its certificate is %s', async (_what, certificate) => {
    const signed = await bunkyo.sign(BYTES, AT);
    expect(await shinjuku.officeThatSigned(BYTES, { ...signed, certificate })).toBeUndefined();
  });

  it('is nobody’s where half of its certificate is there', async () => {
    const signed = await bunkyo.sign(BYTES, AT);
    const certificate = signed.certificate.subarray(0, signed.certificate.length / 2);
    expect(await shinjuku.officeThatSigned(BYTES, { ...signed, certificate })).toBeUndefined();
  });

  it.each([0, 1, 63, 65, 200])('is nobody’s where its signature is %d bytes long', async (length) => {
    const signed = await bunkyo.sign(BYTES, AT);
    expect(await shinjuku.officeThatSigned(BYTES, { ...signed, signature: Buffer.alloc(length, 1) })).toBeUndefined();
  });

  it('is nobody’s where r and s are nought', async () => {
    const signed = await bunkyo.sign(BYTES, AT);
    expect(await shinjuku.officeThatSigned(BYTES, { ...signed, signature: Buffer.alloc(64) })).toBeUndefined();
  });

  it('goes on being known after strangers’ statements came in between', async () => {
    const signed = await bunkyo.sign(BYTES, AT);
    await shinjuku.officeThatSigned(BYTES, await strangers.signs(BUNKYO, signing).sign(BYTES, AT));
    expect(await shinjuku.officeThatSigned(BYTES, signed)).toBe(BUNKYO);
  });
});

describe('Statements of both kinds of signing', () => {
  it('are known to one another', async () => {
    const [off, on] = [network.signs(BUNKYO, OFF_LOOP), network.signs(SHINJUKU)];
    expect(await on.officeThatSigned(BYTES, await off.sign(BYTES, AT))).toBe(BUNKYO);
    expect(await off.officeThatSigned(BYTES, await on.sign(BYTES, AT))).toBe(SHINJUKU);
  });

  it('keep no certificate that is not of this network', async () => {
    const statements = network.signs(SHINJUKU);
    for (let i = 0; i < 5; i += 1)
      await statements.officeThatSigned(BYTES, await strangers.signs(BUNKYO).sign(BYTES, AT));
    expect(statements['signers']['known'].size).toBe(0);
  });
});

describe('The certificate of whoever signed', () => {
  const DAY = 86_400_000;
  const credentials = network.credentials(`juki://${BUNKYO}`);
  const bunkyo = new Statements(credentials);
  const certificate = new X509Certificate(credentials.certificate);
  const own = network.credentials(`juki://${SHINJUKU}`);
  const key = issuedKeyOf(certificate).key;
  const daysFrom = (days: number) => () => new Date(Date.now() + days * DAY);
  const heldAgainst = (against: ConstructorParameters<typeof Statements>[2]) => new Statements(own, undefined, against);

  it.each([
    ['is good', 0, BUNKYO, BUNKYO],
    ['has expired', 3, undefined, BUNKYO],
    ['is yet to begin', -3, undefined, BUNKYO],
  ])('%s today: what it signs now is believed or not, and what it once signed is', async (_, days, now, once) => {
    const shinjuku = heldAgainst({ now: daysFrom(days) });
    const signed = await bunkyo.sign(BYTES, AT);
    expect(await shinjuku.officeThatSigned(BYTES, signed)).toBe(now);
    expect(await shinjuku.officeThatOnceSigned(BYTES, signed)).toBe(once);
  });

  it('is nobody’s once it was revoked, but of what was believed before and kept', async () => {
    const list = { number: 1, issuedAt: AT, renewBy: AT, revoked: new Map<string, Date>(), keyKept: new Set<string>() };
    const revoked = new Map([[serialOf(certificate), AT]]);
    const lists = { offices: { ...list, revoked }, operators: list, agencies: list };
    const shinjuku = new Statements({ ...own, lists });
    const signed = await bunkyo.sign(BYTES, AT);
    expect(await shinjuku.officeThatSigned(BYTES, signed)).toBeUndefined();
    expect(await shinjuku.officeThatOnceSigned(BYTES, signed)).toBeUndefined();
    expect(await shinjuku.officeThatSignedWhatIsKept(BYTES, signed)).toBe(BUNKYO);
  });

  const soon = new Date(Date.now() + DAY).toISOString();
  const before = new Date(Date.now() - DAY).toISOString();
  it.each([
    ['that the directory lists is believed', { keys: [key], newestFrom: soon }, BUNKYO],
    ['that it lists as one of before is believed', { keys: ['0'.repeat(64), key], newestFrom: soon }, BUNKYO],
    ['that is newer than all that it lists is believed', { keys: ['0'.repeat(64)], newestFrom: before }, BUNKYO],
    ['that it does not list, and that is older, is not', { keys: ['0'.repeat(64)], newestFrom: soon }, undefined],
    ['of an office of which it lists none is believed', null, BUNKYO],
  ])('over a key %s', async (_, signingKeys, office) => {
    const shinjuku = heldAgainst({ signingKeys: (asked) => (asked === BUNKYO ? signingKeys : undefined) });
    expect(await shinjuku.officeThatSigned(BYTES, await bunkyo.sign(BYTES, AT))).toBe(office);
  });

  it('is that of the key that signed, though both are renewed meanwhile', async () => {
    const renewed = new Statements(credentials);
    const signing = renewed.sign(BYTES, AT);
    renewed.renew(network.credentials(`juki://${BUNKYO}`));
    expect(await new Statements(own).officeThatSigned(BYTES, await signing)).toBe(BUNKYO);
  });
});

function flipped(bytes: Buffer, index: number): Buffer {
  const other = Buffer.from(bytes);
  other[index] = (other[index] ?? 0) ^ 1;
  return other;
}
