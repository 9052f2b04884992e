/** A signature by itself, in bytes: r and the lower s of ECDSA P-256. */
export const COMPACT = 64;
/** Of one that is shared, besides: which statement among how many, and the hashes on the way to the root. */
export const PLACE = 4;
export const HASH = 32;
/** So many statements share one at most. */
export const MOST_SHARING = 1024;
const LONGEST_PATH = Math.log2(MOST_SHARING);

/** Whether so many bytes can be a signature, shared or not. */
export function isSignatureLength(length: number): boolean {
  const path = length - COMPACT - PLACE;
  return length === COMPACT || (path > 0 && path % HASH === 0 && path / HASH <= LONGEST_PATH);
}
