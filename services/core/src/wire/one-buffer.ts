/** So many are compared with, at most. */
const MOST_KEPT = 32;
/** In bytes; a certificate of this network has less than a thousand, and what claims to be one may be anything. */
const LARGEST_KEPT = 4_096;
const lately: Buffer[] = [];

/**
 * The same bytes as one and the same buffer, where they came lately: a certificate comes with everything that is signed
 * with it, and what is known of it is then found by the buffer, without a look at its bytes.
 */
export function oneBuffer(bytes: Buffer): Buffer {
  if (bytes.length > LARGEST_KEPT) return bytes;
  const known = lately.find((one) => one.equals(bytes));
  if (known) return known;
  // A copy: what came is part of a larger buffer.
  const kept = Buffer.from(bytes);
  lately.unshift(kept);
  if (lately.length > MOST_KEPT) lately.pop();
  return kept;
}
