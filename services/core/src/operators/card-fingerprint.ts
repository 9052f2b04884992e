import { createHash } from 'node:crypto';

/** What a card is known by: SHA-256 of its certificate, which is given as DER; 64 hex digits. */
export function cardFingerprint(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex');
}
