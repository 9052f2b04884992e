import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { digestOf, purposeDigest, purposeSalt, signatureDigest } from './digest.js';

const NONCE = '00112233445566778899aabbccddeeff';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('The digest of a message', () => {
  it('is SHA-256 over salt, colon and bytes, in hexadecimal', () => {
    expect(digestOf('salt', '写し')).toBe(sha256('salt:写し'));
    expect(digestOf('salt', Buffer.from('写し'))).toBe(sha256('salt:写し'));
  });
});

describe('The digest of a purpose', () => {
  it('is opened by a salt of its own, which does not open what was asked', () => {
    const salt = purposeSalt(NONCE);
    expect(purposeDigest(NONCE, '写しの交付')).toBe(sha256(`${salt}:写しの交付`));
    expect(digestOf(salt, 'request')).not.toBe(digestOf(NONCE, 'request'));
  });
});

describe('The digest of a signature', () => {
  it('is SHA-256 over it, without a salt', () => {
    expect(signatureDigest(Buffer.from('signature'))).toBe(sha256('signature'));
  });
});
