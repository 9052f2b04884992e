/** The order of P-256, and half of it. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF = bytesOf(ORDER / 2n);
const S_AT = 32;

/**
 * Of r and s, 64 bytes, the one of the two forms that counts here. Whoever has a signature can make another that verifies
 * as well, with the order less s, and so could have a log seem to hold another proof than was sent.
 */
export function lowS(signature: Buffer): Buffer {
  if (isLowS(signature)) return signature;
  const s = BigInt(`0x${signature.toString('hex', S_AT)}`);
  return Buffer.concat([signature.subarray(0, S_AT), bytesOf(ORDER - s)]);
}

export function isLowS(signature: Buffer): boolean {
  return signature.compare(HALF, 0, HALF.length, S_AT) <= 0;
}

function bytesOf(number: bigint): Buffer {
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
}
