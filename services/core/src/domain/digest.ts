import { hash } from 'node:crypto';

/** SHA-256 over a salt, a colon and the bytes, hex. A code, a PIN or a birth date is guessed in no time without salt. */
export function digestOf(salt: string, bytes: Uint8Array | string): string {
  if (typeof bytes === 'string') return hash('sha256', `${salt}:${bytes}`);
  return hash('sha256', Buffer.concat([Buffer.from(`${salt}:`), bytes]));
}

/** SHA-256 over a signature, hex: it tells nothing of what it is over, and needs no salt. */
export function signatureDigest(signature: Uint8Array): string {
  return hash('sha256', signature);
}

/** Opens the purpose of an exchange alone: whoever is shown why somebody asked is not shown what. */
export function purposeSalt(nonce: string): string {
  return digestOf(nonce, 'purpose');
}

export function purposeDigest(nonce: string, purpose: string): string {
  return digestOf(purposeSalt(nonce), purpose);
}
