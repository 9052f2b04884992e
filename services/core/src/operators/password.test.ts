import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '@node-rs/argon2';
import { hashOfNobody, hashPassword, passwordFits } from './password.js';

const OWASP = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32, saltLen: 16 };

describe('The hash of a password', () => {
  it('is argon2id at the cost that OWASP asks for, with a salt of its own', async () => {
    const hashes = [await hashPassword('correct horse', randomBytes), await hashPassword('correct horse', randomBytes)];
    for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hashes[0]).not.toBe(hashes[1]);
    expect(parseOptions(hashes[0] ?? '')).toMatchObject(OWASP);
  });

  it('comes from the randomness that is passed in', async () => {
    const zeros = (size: number) => Buffer.alloc(size);
    expect(await hashPassword('correct horse', zeros)).toBe(await hashPassword('correct horse', zeros));
  });

  it('fits that password and no other', async () => {
    const hash = await hashPassword('correct horse', randomBytes);
    expect(await passwordFits('correct horse', hash)).toBe(true);
    for (const other of ['correct horsf', 'correct horse ', 'Correct horse', '', 'correct horse\0'])
      expect(await passwordFits(other, hash)).toBe(false);
  });

  it('fits it in whichever way a keyboard writes its characters', async () => {
    const hash = await hashPassword('がっこう', randomBytes);
    expect(await passwordFits('がっこう'.normalize('NFD'), hash)).toBe(true);
  });
});

describe('The hash of nobody', () => {
  it('costs as much as any, and fits nothing', async () => {
    const hash = hashOfNobody(randomBytes);
    expect(parseOptions(hash)).toEqual(parseOptions(await hashPassword('correct horse', randomBytes)));
    for (const password of ['correct horse', '', hash]) expect(await passwordFits(password, hash)).toBe(false);
  });
});
