import { createPrivateKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import type { OfficeId } from '../domain/office.js';
import type { Credentials } from './credentials.js';
import { callerOfCertificate, type TrustedAuthorities } from './peer-identity.js';

/** What makes a paper an office's: its signature over the bytes, and the certificate that tells whose it is. */
export interface Seal {
  /** ECDSA P-256 over SHA-256: r and s, 64 bytes. */
  signature: Buffer;
  /** DER. */
  certificate: Buffer;
}

/** Seals documents for an office. */
export class DocumentSeal {
  private readonly key: KeyObject;
  private readonly certificate: Buffer;

  constructor({ key, certificate }: Pick<Credentials, 'key' | 'certificate'>) {
    this.key = createPrivateKey(key);
    this.certificate = new X509Certificate(certificate).raw;
  }

  seal(bytes: Uint8Array): Seal {
    const signature = sign('sha256', bytes, { key: this.key, dsaEncoding: 'ieee-p1363' });
    return { signature, certificate: this.certificate };
  }
}

/**
 * The office that sealed a document; undefined where the seal is not one of this network's offices, or is over other
 * bytes. A paper stays good when the certificate that sealed it expires.
 */
export function sealedBy(
  bytes: Uint8Array,
  { signature, certificate }: Seal,
  trusted: TrustedAuthorities,
): OfficeId | undefined {
  try {
    const sealing = new X509Certificate(certificate);
    const caller = callerOfCertificate(sealing, trusted);
    if (caller?.kind !== 'office') return undefined;
    const key = { key: sealing.publicKey, dsaEncoding: 'ieee-p1363' as const };
    return verify('sha256', bytes, key, signature) ? caller.office : undefined;
  } catch {
    return undefined;
  }
}
