import { describe, expect, it } from '@jest/globals';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';
import { drawCodes } from './draw-codes.js';

const BODIES = 10 ** 10;
const ABOVE_THE_LAST = 109 * BODIES;
const MANY = 20_000;

describe('Codes that the national centre draws (Regulation 14)', () => {
  const codes = drawCodes(MANY, randomBytesFrom(1));

  it('are as many as were wanted, and none where none were', () => {
    expect(codes).toHaveLength(MANY);
    expect(drawCodes(0, randomBytesFrom(1))).toEqual([]);
  });

  it('can all be allotted: each has a remainder of two at least and the check digit that belongs to it', () => {
    expect(codes.filter((code) => !isResidentRecordCode(code))).toEqual([]);
  });

  it('are all different', () => expect(new Set(codes).size).toBe(MANY));

  it('are in no order', () => {
    const ascents = codes.filter((code, i) => i > 0 && code > (codes[i - 1] ?? '')).length;
    expect(Math.abs(ascents / MANY - 0.5)).toBeLessThan(0.02);
  });

  it.each(Array.from({ length: 10 }, (_, place) => place))(
    'have each digit about as often as any other in place %i',
    (place) => {
      const counts = [...'0123456789'].map((digit) => codes.filter((code) => code[place] === digit).length);
      const expected = MANY / 10;
      const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // Nine degrees of freedom: once in a million draws of true chance it is above 45.
      expect(chiSquared).toBeLessThan(45);
    },
  );

  it('are about as many of each remainder that is allotted: the check digit tells nothing either', () => {
    const counts = [...'123456789'].map((digit) => codes.filter((code) => code.endsWith(digit)).length);
    for (const count of counts) expect(Math.abs(count / (MANY / 9) - 1)).toBeLessThan(0.1);
    expect(codes.some((code) => code.endsWith('0'))).toBe(false);
  });
});

describe('A code is drawn from the random bytes that are passed in', () => {
  it('five at a time, and is the same for the same bytes', () => {
    const sizes: number[] = [];
    const random = scripted([2_472_705_960], (size) => sizes.push(size));
    expect(drawCodes(1, random)).toEqual(['24727059608']);
    expect(sizes).toEqual([5]);
    expect(drawCodes(50, randomBytesFrom(7))).toEqual(drawCodes(50, randomBytesFrom(7)));
    expect(drawCodes(50, randomBytesFrom(7))).not.toEqual(drawCodes(50, randomBytesFrom(8)));
  });

  it('by their remainder, so that the whole range of the bytes serves', () => {
    expect(drawCodes(1, scripted([108 * BODIES + 2_472_705_960]))).toEqual(['24727059608']);
  });

  it('with the leading zeros of its body', () => {
    expect(drawCodes(1, scripted([1]))).toEqual(['00000000019']);
  });

  it('again, where the bytes lie in the part that would draw some bodies more often than others', () => {
    expect(drawCodes(1, scripted([ABOVE_THE_LAST, 2 ** 40 - 1, 2_472_705_960]))).toEqual(['24727059608']);
    expect(drawCodes(1, scripted([ABOVE_THE_LAST - 1]))).toEqual([expect.stringMatching(/^9999999999/)]);
  });

  it('again, where the body is one that is never allotted', () => {
    expect(drawCodes(1, scripted([0, 6, 2_472_705_960]))).toEqual(['24727059608']);
  });

  it('again, where it was drawn before', () => {
    expect(drawCodes(2, scripted([1, 1, BODIES + 1, 2]))).toEqual([
      '00000000019',
      expect.stringMatching(/^0000000002/),
    ]);
  });
});

/** Bytes that hold these numbers, one after the other. */
function scripted(numbers: number[], tell: (size: number) => void = () => undefined): (size: number) => Buffer {
  const left = [...numbers];
  return (size) => {
    tell(size);
    const next = left.shift();
    if (next === undefined) throw new RangeError('no more was to be drawn');
    const bytes = Buffer.alloc(size);
    bytes.writeUIntBE(next, 0, size);
    return bytes;
  };
}

/** xorshift32: bytes of chance that are the same each time. */
function randomBytesFrom(seed: number): (size: number) => Buffer {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 11) & 0xff;
  };
  return (size) => Buffer.from(Array.from({ length: size }, next));
}
