import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signCompact, verifyCompact } from './compact-signature.js';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const BYTES = Buffer.from('bytes');
const P1363 = { dsaEncoding: 'ieee-p1363' as const };
/** As node:crypto has it: of either form. */
const theirs = () => sign('sha256', BYTES, { key: privateKey, ...P1363 });
const theyVerify = (signature: Buffer) => verify('sha256', BYTES, { key: publicKey, ...P1363 }, signature);

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const sOf = (signature: Buffer) => BigInt(`0x${signature.toString('hex', 32)}`);
const withS = (signature: Buffer, s: bigint) =>
  Buffer.concat([signature.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
const other = (signature: Buffer) => withS(signature, ORDER - sOf(signature));

describe('A compact signature', () => {
  it('is r and the lower s, and verifies here and elsewhere', () => {
    // So many that numbers with zeros in front, and such as look negative, are among them.
    for (let i = 0; i < 600; i += 1) {
      const signature = signCompact(BYTES, privateKey);
      const [here, elsewhere] = [verifyCompact(BYTES, publicKey, signature), theyVerify(signature)];
      const isLow = sOf(signature) <= ORDER / 2n;
      expect([signature.length, here, elsewhere, isLow]).toEqual([64, true, true, true]);
    }
  });

  it('is one form of two: the other verifies elsewhere, and not here', () => {
    const signature = signCompact(BYTES, privateKey);
    expect([theyVerify(other(signature)), verifyCompact(BYTES, publicKey, other(signature))]).toEqual([true, false]);
  });

  it('is known where somebody else made it, if it is of this form', () => {
    const drawn = Array.from({ length: 40 }, theirs);
    const low = drawn.filter((signature) => sOf(signature) <= ORDER / 2n);
    expect(low.length).toBeGreaterThan(0);
    expect(low.length).toBeLessThan(drawn.length);
    for (const signature of drawn) expect(verifyCompact(BYTES, publicKey, signature)).toBe(low.includes(signature));
  });

  it('is over these bytes, by this key, and whole', () => {
    const signature = signCompact(BYTES, privateKey);
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    expect(verifyCompact(Buffer.from('Bytes'), publicKey, signature)).toBe(false);
    expect(verifyCompact(BYTES, stranger, signature)).toBe(false);
    for (const broken of [
      Buffer.alloc(0),
      Buffer.alloc(64),
      signature.subarray(1),
      Buffer.concat([signature, signature]),
    ])
      expect(verifyCompact(BYTES, publicKey, broken)).toBe(false);
  });
});
