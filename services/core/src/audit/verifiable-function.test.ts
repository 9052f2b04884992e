import { describe, expect, it } from '@jest/globals';
import { functionOf, provenValue, proveValue } from './verifiable-function.js';

/** RFC 9381, appendix B.1, example 10. */
const SECRET = Buffer.from('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721', 'hex');
const PUBLIC = '0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6';
const NONCE = Buffer.from('0d90591273453d2dc67312d39914e3a93e194ab47a58cd598886897076986f77', 'hex');
const PROOF = Buffer.from(
  '035b5c726e8c0e2c488a107c600578ee75cb702343c153cb1eb8dec77f4b5071b4a53f0a46f018bc2c56e58d383f2305e0975972c26feea0eb122fe7893c15af376b33edf7de17c6ea056d4d82de6bc02f',
  'hex',
);
const { publicKey: KEY, valueAt } = functionOf(SECRET);
const VALUE = valueAt('sample');
const OTHER = functionOf(Buffer.alloc(32, 7));

describe('The function of a key', () => {
  it('has the public key and the proof of RFC 9381, for the nonce of its example', () => {
    expect(KEY.toString('hex')).toBe(PUBLIC);
    expect(proveValue(SECRET, 'sample', NONCE)).toEqual(PROOF);
  });

  it('has one value at an input, whatever the proof was drawn with', () => {
    for (const byte of [1, 2, 3]) {
      const proof = proveValue(SECRET, 'sample', Buffer.alloc(32, byte));
      expect(proof).not.toEqual(PROOF);
      expect(provenValue(KEY, 'sample', proof)).toEqual(VALUE);
    }
  });

  it('has other values at other inputs, and of other keys', () => {
    const values = [VALUE, valueAt('samplf'), OTHER.valueAt('sample')];
    expect(new Set(values.map((value) => value.toString('hex'))).size).toBe(3);
  });
});

describe('A proof of a value', () => {
  it('is shown by the example of the RFC', () => {
    expect(provenValue(KEY, 'sample', PROOF)).toEqual(VALUE);
  });

  it('is none where any of its bytes is another', () => {
    for (let at = 0; at < PROOF.length; at += 1) {
      const altered = Buffer.from(PROOF);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(provenValue(KEY, 'sample', altered)).toBeUndefined();
    }
  });

  it.each([
    ['another input', () => provenValue(KEY, 'samplf', PROOF)],
    ['another key', () => provenValue(OTHER.publicKey, 'sample', PROOF)],
    ['a key that is no point', () => provenValue(Buffer.alloc(33, 2), 'sample', PROOF)],
    ['a proof that is too short', () => provenValue(KEY, 'sample', PROOF.subarray(1))],
    ['a proof that is too long', () => provenValue(KEY, 'sample', Buffer.concat([PROOF, Buffer.alloc(1)]))],
    ['nothing', () => provenValue(KEY, 'sample', Buffer.alloc(0))],
    ['zeros', () => provenValue(KEY, 'sample', Buffer.alloc(81))],
    [
      'numbers past the order',
      () => provenValue(KEY, 'sample', Buffer.concat([PROOF.subarray(0, 33), Buffer.alloc(48, 0xff)])),
    ],
  ])('is none for %s', (_what, proven) => {
    expect(proven()).toBeUndefined();
  });
});
