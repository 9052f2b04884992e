import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { LogKey, personKeyIn, tagOf } from './log-key.js';

const [RESIDENT, NEIGHBOUR] = ['24727059608', '24846016224'];
const key = new LogKey(Buffer.alloc(32, 5));
const other = new LogKey(Buffer.alloc(32, 6));

describe('The tags of a log', () => {
  it('are the same each time for a person and a number, and no two are alike', () => {
    const tags = [key, other].flatMap((one) =>
      [RESIDENT, NEIGHBOUR].flatMap((code) => [1, 2, 3].map((number) => one.tag(code, number))),
    );
    expect(new Set(tags).size).toBe(12);
    expect(key.tag(RESIDENT, 1)).toBe(new LogKey(Buffer.alloc(32, 5)).tag(RESIDENT, 1));
    for (const tag of tags) expect(tag).toMatch(/^[0-9a-f]{64}$/);
  });

  it('are all made out by whoever is shown the person’s key, and nobody else’s are', () => {
    const shown = personKeyIn(key.publicKey, RESIDENT, key.prove(RESIDENT, randomBytes));
    if (!shown) throw new Error('the key is not shown');
    for (const number of [1, 2, 100]) expect(tagOf(shown, number)).toBe(key.tag(RESIDENT, number));
    expect(tagOf(shown, 1)).not.toBe(key.tag(NEIGHBOUR, 1));
  });

  it('can not be said to be made with another key', () => {
    const proof = key.prove(RESIDENT, randomBytes);
    expect(personKeyIn(key.publicKey, NEIGHBOUR, proof)).toBeUndefined();
    expect(personKeyIn(other.publicKey, RESIDENT, proof)).toBeUndefined();
  });
});
