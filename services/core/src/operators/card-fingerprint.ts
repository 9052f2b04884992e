import { createHash, X509Certificate } from 'node:crypto';

/**
 * What a card is known by: SHA-256 of the public key of its certificate, which is given as DER or PEM; 64 hex digits. The
 * key stays when the certificate is renewed, and so does the card.
 */
export function cardFingerprint(certificate: Uint8Array | string): string {
  const { publicKey } = new X509Certificate(certificate);
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
