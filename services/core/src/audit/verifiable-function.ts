import { createECDH, ECDH, hash } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';

/*
 * A function that only the holder of a key can work out, and whose value everybody can check: ECVRF-P256-SHA256-TAI of
 * RFC 9381. Working it out is left to node:crypto; the arithmetic of a proof, which is rarely asked for, to @noble/curves.
 */

const { Point } = p256;
type CurvePoint = InstanceType<typeof Point>;

const CURVE = 'prime256v1';
const SUITE = 0x01;
const ENCODE = 0x01;
const CHALLENGE = 0x02;
const POINT_BYTES = 33;
const CHALLENGE_BYTES = 16;
const SCALAR_BYTES = 32;
const PROOF_BYTES = POINT_BYTES + CHALLENGE_BYTES + SCALAR_BYTES;

/** A function, which is known by its public key: compressed, 33 bytes. */
export interface SecretFunction {
  publicKey: Buffer;
  /** The value at an input, 32 bytes: the x of a point, which is all that node:crypto tells of it, hashed. */
  valueAt(input: string): Buffer;
}

/** @throws Error where the secret is no scalar of the curve */
export function functionOf(secret: Buffer): SecretFunction {
  const ecdh = createECDH(CURVE);
  ecdh.setPrivateKey(secret);
  const publicKey = ecdh.getPublicKey(null, 'compressed');
  return { publicKey, valueAt: (input) => valueFrom(ecdh.computeSecret(encodeToCurve(publicKey, input))) };
}

/**
 * Shows that a value is that at the input, and of this key.
 *
 * @param random - 32 bytes that nobody knows, never the same twice
 * @returns gamma, c and s (RFC 9381, 5.1), 81 bytes
 */
export function proveValue(secret: Buffer, input: string, random: Buffer): Buffer {
  const key = functionOf(secret).publicKey;
  const base = pointAt(key, input);
  const [x, k] = [scalarOf(secret), scalarOf(random)];
  const gamma = base.multiply(x);
  const c = challenge([bytesOf(key), base, gamma, Point.BASE.multiply(k), base.multiply(k)]);
  const s = Point.Fn.create(k + c * x);
  return Buffer.concat([gamma.toBytes(true), bytesOfNumber(c, CHALLENGE_BYTES), bytesOfNumber(s, SCALAR_BYTES)]);
}

/** @returns the value at the input (as valueAt); undefined where the proof does not show one */
export function provenValue(publicKey: Buffer, input: string, proof: Buffer): Buffer | undefined {
  if (proof.length !== PROOF_BYTES) return undefined;
  try {
    const [key, gamma] = [bytesOf(publicKey), bytesOf(proof.subarray(0, POINT_BYTES))];
    const c = numberOf(proof.subarray(POINT_BYTES, POINT_BYTES + CHALLENGE_BYTES));
    const s = numberOf(proof.subarray(POINT_BYTES + CHALLENGE_BYTES));
    const base = pointAt(publicKey, input);
    const u = times(Point.BASE, s).subtract(times(key, c));
    const v = times(base, s).subtract(times(gamma, c));
    return challenge([key, base, gamma, u, v]) === c ? valueFrom(gamma.toBytes(true).subarray(1)) : undefined;
  } catch {
    // A point that is none, or a number past the order.
    return undefined;
  }
}

/** By try and increment (5.4.1.1), uncompressed; every other try is the x of a point. */
function encodeToCurve(publicKey: Buffer, input: string): Buffer {
  for (let counter = 0; counter < 256; counter += 1) {
    const x = sha256([Buffer.of(SUITE, ENCODE), publicKey, Buffer.from(input), Buffer.of(counter, 0)]);
    const point = uncompressed(Buffer.concat([Buffer.of(0x02), x]));
    if (point) return point;
  }
  throw new Error('no point in 256 tries');
}

function uncompressed(point: Buffer): Buffer | undefined {
  try {
    return ECDH.convertKey(point, CURVE, undefined, undefined, 'uncompressed') as Buffer;
  } catch {
    return undefined;
  }
}

function pointAt(publicKey: Buffer, input: string): CurvePoint {
  return bytesOf(encodeToCurve(publicKey, input));
}

/** Of key, base, gamma, and what the nonce makes of generator and base (5.4.3). */
function challenge(points: CurvePoint[]): bigint {
  const bytes = points.map((point) => point.toBytes(true));
  return numberOf(sha256([Buffer.of(SUITE, CHALLENGE), ...bytes, Buffer.of(0)]).subarray(0, CHALLENGE_BYTES));
}

function valueFrom(x: Uint8Array): Buffer {
  return sha256([Buffer.from('juki-person-key/1:'), x]);
}

function sha256(parts: Uint8Array[]): Buffer {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}

function bytesOf(point: Buffer): CurvePoint {
  return Point.fromBytes(point);
}

function times(point: CurvePoint, scalar: bigint): CurvePoint {
  return scalar === 0n ? Point.ZERO : point.multiply(scalar);
}

function scalarOf(bytes: Buffer): bigint {
  return Point.Fn.create(numberOf(bytes));
}

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function bytesOfNumber(number: bigint, length: number): Buffer {
  return Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex');
}
