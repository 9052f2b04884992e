import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSignatureLength, MOST_SHARING } from '../domain/signature-length.js';
import { signCompact, verifyCompact } from './compact-signature.js';
import { signShared, verifyShared } from './shared-signature.js';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const statements = (count: number) => Array.from({ length: count }, (_, i) => Buffer.from(`statement ${i}`));
const sign = async (bytes: Buffer) => signCompact(bytes, privateKey);

describe('A signature that statements share', () => {
  it('is that of the statement itself where there is one', async () => {
    const [signature] = (await signShared(statements(1), sign)) as [Buffer];
    expect(signature).toHaveLength(64);
    expect(verifyCompact(statements(1)[0] as Buffer, publicKey, signature)).toBe(true);
  });

  it.each([2, 3, 5, 8, 63, 64, 65, 200])('holds each of %i statements by itself, and is made once', async (count) => {
    let made = 0;
    const all = statements(count);
    const signatures = await signShared(all, (bytes) => {
      made += 1;
      return sign(bytes);
    });
    expect(made).toBe(1);
    for (const [i, signature] of signatures.entries()) {
      expect(isSignatureLength(signature.length)).toBe(true);
      expect(verifyShared(all[i] as Buffer, publicKey, signature)).toBe(true);
    }
  });

  it('holds no other statement, nor another place among those that share it', async () => {
    const all = statements(7);
    const signatures = await signShared(all, sign);
    for (const [i, signature] of signatures.entries())
      for (const [j, statement] of all.entries())
        if (i !== j) expect(verifyShared(statement, publicKey, signature)).toBe(false);
    expect(verifyShared(Buffer.from('statement 7'), publicKey, signatures[0] as Buffer)).toBe(false);
  });

  it('is found to be altered in every byte', async () => {
    const [statement] = statements(5) as [Buffer];
    const [signature] = (await signShared(statements(5), sign)) as [Buffer];
    for (let at = 0; at < signature.length; at += 1) {
      const altered = Buffer.from(signature);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(verifyShared(statement, publicKey, altered)).toBe(false);
    }
  });

  it('is over what nothing else is a signature over: a root alone, or a statement that looks like it, is not shared', async () => {
    const all = statements(2);
    const [shared] = (await signShared(all, sign)) as [Buffer];
    expect(verifyCompact(all[0] as Buffer, publicKey, shared.subarray(0, 64))).toBe(false);
    const direct = await sign(all[0] as Buffer);
    expect(verifyShared(all[0] as Buffer, publicKey, Buffer.concat([direct, shared.subarray(64)]))).toBe(false);
  });

  it.each([0, 63, 65, 67, 68, 69, 99, 64 + 4 + 32 * 11])('is not %i bytes long', (length) => {
    expect(isSignatureLength(length)).toBe(false);
    expect(verifyShared(Buffer.from('x'), publicKey, randomBytes(length))).toBe(false);
  });

  it(`has a path of ten hashes at most: ${MOST_SHARING} share one`, async () => {
    const all = statements(MOST_SHARING);
    const signatures = await signShared(all, sign);
    expect(signatures[0]).toHaveLength(64 + 4 + 32 * 10);
    expect(verifyShared(all[1023] as Buffer, publicKey, signatures[1023] as Buffer)).toBe(true);
  });
});
