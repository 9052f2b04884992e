import { describe, expect, it } from '@jest/globals';
import { drawnAhead } from './drawn-ahead.js';

describe('Random bytes that are drawn ahead', () => {
  it('are as many as are asked for, however many', () => {
    const draw = drawnAhead();
    for (const size of [0, 1, 16, 4_095, 4_096, 4_097, 10_000]) expect(draw(size)).toHaveLength(size);
  });

  it('are given out once: of ten thousand nonces, none comes twice, and none changes afterwards', () => {
    const draw = drawnAhead();
    const drawn = Array.from({ length: 10_000 }, () => draw(16));
    const texts = drawn.map((bytes) => bytes.toString('hex'));
    expect(new Set(texts).size).toBe(10_000);
    expect(drawn.map((bytes) => bytes.toString('hex'))).toEqual(texts);
    expect(texts).not.toContain('0'.repeat(32));
  });
});
