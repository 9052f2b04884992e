import { createPrivateKey, sign, verify, X509Certificate } from 'node:crypto';
import type { OfficeId } from '../domain/office.js';
import type { Credentials } from './credentials.js';
import { callerOfCertificate, type TrustedAuthorities } from './peer-identity.js';
import { type RevocationLists, serialOf } from './revocation-list.js';

/** What makes a paper an office's: its signature over the bytes, and the certificate that tells whose it is. */
export interface Seal {
  /** ECDSA P-256 over SHA-256: r and s, 64 bytes. */
  signature: Buffer;
  /** DER. */
  certificate: Buffer;
}

type Pair = Pick<Credentials, 'key' | 'certificate'>;

/** Seals documents for an office, each with what the office shows itself with at that moment. */
export class DocumentSeal {
  private readonly credentials: Pair;

  constructor(credentials: Pair) {
    this.credentials = credentials;
  }

  seal(bytes: Uint8Array): Seal {
    const { key, certificate } = this.credentials;
    const signature = sign('sha256', bytes, { key: createPrivateKey(key), dsaEncoding: 'ieee-p1363' });
    return { signature, certificate: new X509Certificate(certificate).raw };
  }
}

/**
 * The office that sealed a document; undefined where the seal is not one of this network's offices, or is over other
 * bytes. A paper stays good when the certificate that sealed it expires. Revocations are not looked at: a chip, which
 * has no list, asks this too.
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

/**
 * As sealedBy, and nobody's where somebody else can have sealed it: the certificate was revoked, and its list does not
 * say that the key was the office's alone. The date on a paper does not save it: whoever has the key writes what date
 * they like. Where the list says so, the office's papers stay good.
 */
export function vouchedBy(
  bytes: Uint8Array,
  seal: Seal,
  { trusted, lists }: { trusted: TrustedAuthorities; lists: Pick<RevocationLists, 'offices'> },
): OfficeId | undefined {
  const office = sealedBy(bytes, seal, trusted);
  if (!office) return undefined;
  const serial = serialOf(new X509Certificate(seal.certificate));
  const { revoked, keyKept } = lists.offices;
  return revoked.has(serial) && !keyKept.has(serial) ? undefined : office;
}
