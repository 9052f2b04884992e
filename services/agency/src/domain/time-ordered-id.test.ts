import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { timeOrderedId } from './time-ordered-id.js';

describe('A name that begins with the time', () => {
  it('is a UUID of version 7', () => {
    const id = timeOrderedId(new Date('2022-02-22T19:22:22Z'), (size) => Buffer.alloc(size, 0xff));
    // The time is that of the example in RFC 9562, A.6.
    expect(id).toBe('017f22e2-79b0-7fff-bfff-ffffffffffff');
  });

  it('is in the order of time, and never twice', () => {
    const ids = Array.from({ length: 1_000 }, (_, ms) => timeOrderedId(new Date(1_464_310_800_000 + ms), randomBytes));
    expect(ids.toSorted()).toEqual(ids);
    const atOnce = Array.from({ length: 1_000 }, () => timeOrderedId(new Date(0), randomBytes));
    expect(new Set(atOnce).size).toBe(1_000);
  });
});
