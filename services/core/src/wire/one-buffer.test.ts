import { describe, expect, it } from '@jest/globals';
import { oneBuffer } from './one-buffer.js';

describe('Bytes that come again and again', () => {
  it('are one buffer, and a copy: what they came in can change', () => {
    const came = Buffer.from('a certificate');
    const first = oneBuffer(came);
    expect(oneBuffer(Buffer.from('a certificate'))).toBe(first);
    came.fill(0);
    expect(first.toString()).toBe('a certificate');
  });

  it('are the same bytes, whatever else came in between', () => {
    const texts = Array.from({ length: 100 }, (_, nth) => `certificate ${nth % 50}`);
    expect(texts.map((text) => oneBuffer(Buffer.from(text)).toString())).toEqual(texts);
  });

  it('are not kept where they are larger than any certificate', () => {
    const came = Buffer.alloc(4_097, 1);
    expect(oneBuffer(came)).toBe(came);
    expect(oneBuffer(Buffer.alloc(4_097, 1))).not.toBe(came);
  });
});
