import { hash } from 'node:crypto';

/** Where a salt and what is digested with it are laid out: most of it fits. */
const desk = Buffer.alloc(8_192);

/** SHA-256 over a salt, a colon and the bytes, hex. A code, a PIN or a birth date is guessed in no time without salt. */
export function digestOf(salt: string, bytes: Uint8Array | string): string {
  if (typeof bytes === 'string') return hash('sha256', `${salt}:${bytes}`);
  if (3 * salt.length + 1 + bytes.length > desk.length)
    return hash('sha256', Buffer.concat([Buffer.from(`${salt}:`), bytes]));
  const start = desk.write(`${salt}:`);
  desk.set(bytes, start);
  return hash('sha256', desk.subarray(0, start + bytes.length));
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
