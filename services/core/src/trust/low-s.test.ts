import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isLowS, lowS } from './low-s.js';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [BYTES, P1363] = [Buffer.from('bytes'), { dsaEncoding: 'ieee-p1363' as const }];
const drawn = Array.from({ length: 40 }, () => sign('sha256', BYTES, { key: privateKey, ...P1363 }));
const verifies = (signature: Buffer) => verify('sha256', BYTES, { key: publicKey, ...P1363 }, signature);
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const withS = (s: bigint) => Buffer.concat([Buffer.alloc(32, 1), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);

describe('The low form of a signature', () => {
  it('verifies as the signature does, and is one form of the two', () => {
    expect(drawn.filter(isLowS).length).toBeGreaterThan(0);
    expect(drawn.filter((signature) => !isLowS(signature)).length).toBeGreaterThan(0);
    for (const signature of drawn) {
      const low = lowS(signature);
      expect([verifies(low), isLowS(low), low.length]).toEqual([true, true, 64]);
      expect(lowS(low)).toEqual(low);
    }
  });

  it('ends at half the order, to the last digit', () => {
    expect(isLowS(withS(ORDER / 2n))).toBe(true);
    expect(isLowS(withS(ORDER / 2n + 1n))).toBe(false);
    expect(lowS(withS(ORDER / 2n + 1n))).toEqual(withS(ORDER / 2n));
    expect(lowS(withS(ORDER - 1n))).toEqual(withS(1n));
  });
});
