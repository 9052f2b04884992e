import { type KeyObject, sign, verify } from 'node:crypto';
import { element, partsOf, TAG } from './der.js';

/** The order of P-256, and half of it. */
const ORDER = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
const HALF = Buffer.from('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8', 'hex');
const LENGTH = ORDER.length;

/*
 * ECDSA P-256 over SHA-256 in 64 bytes: r, and the lower of the two s. Whoever has a signature can make another that
 * verifies as well, with the order less s, and so could have a log seem to hold another proof than was sent: one of the
 * two counts. node:crypto makes and takes this form by itself, and needs half as long again for that.
 */

export function signCompact(bytes: Buffer, key: KeyObject): Buffer {
  const [r, s] = partsOf(sign('sha256', bytes, key)).map(({ content }) => padded(content));
  if (!r || !s) throw new Error('a signature has two numbers');
  return Buffer.concat([r, isLow(s) ? s : orderLess(s)]);
}

/** Whether it is over the bytes, by this key, and in this one form. */
export function verifyCompact(bytes: Buffer, key: KeyObject, signature: Buffer): boolean {
  if (signature.length !== 2 * LENGTH || !isLow(signature.subarray(LENGTH))) return false;
  const [r, s] = [signature.subarray(0, LENGTH), signature.subarray(LENGTH)];
  return verify('sha256', bytes, key, element(TAG.sequence, integer(r), integer(s)));
}

function isLow(s: Buffer): boolean {
  return s.compare(HALF) <= 0;
}

/** Byte by byte, from the last: big integers would take ten times as long. */
function orderLess(s: Buffer): Buffer {
  const rest = Buffer.alloc(LENGTH);
  let borrowed = 0;
  for (let i = LENGTH - 1; i >= 0; i -= 1) {
    const difference = ORDER.readUInt8(i) - s.readUInt8(i) - borrowed;
    borrowed = difference < 0 ? 1 : 0;
    rest[i] = difference;
  }
  return rest;
}

/** DER writes a number as short as it can, and with a zero in front where it would look negative. */
function padded(number: Buffer): Buffer {
  const digits = number.subarray(Math.max(0, number.length - LENGTH));
  return Buffer.concat([Buffer.alloc(LENGTH - digits.length), digits]);
}

function integer(number: Buffer): Buffer {
  const first = number.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? number.subarray(-1) : number.subarray(first);
  return digits.readUInt8(0) >= 0x80 ? element(TAG.integer, Buffer.of(0), digits) : element(TAG.integer, digits);
}
