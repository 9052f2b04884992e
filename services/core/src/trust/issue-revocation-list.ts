import { sign, X509Certificate } from 'node:crypto';
import { element, integer, TAG, TAGGED, time } from './der.js';
import { type Authority, keyIdOf } from './issue-certificate.js';
import { CRL_NUMBER, nameOf, pemOfList, REASON_CODE } from './revocation-list.js';

/** Why a certificate is taken back, as RFC 5280 numbers it; unspecified is not written. */
export const REVOCATION_REASONS = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
} as const;

export type RevocationReason = keyof typeof REVOCATION_REASONS;

interface Revocation {
  /** Hex digits. */
  serial: string;
  revokedAt: Date;
  reason: RevocationReason;
}

interface ListRequest {
  /** Higher than that of any list of this authority before. */
  number: number;
  issuedAt: Date;
  /** When the next one is due. */
  renewBy: Date;
  revocations: Revocation[];
}

const ECDSA_WITH_SHA256 = element(TAG.sequence, Buffer.from('06082a8648ce3d040302', 'hex'));
const AUTHORITY_KEY_IDENTIFIER = Buffer.from('0603551d23', 'hex');

/** A revocation list (RFC 5280, version 2) of an authority, as PEM. */
export function issueRevocationList(authority: Authority, request: ListRequest): string {
  const { number, issuedAt, renewBy, revocations } = request;
  const keyId = element(TAGGED.implicit, Buffer.from(keyIdOf(authority.key), 'binary'));
  const extensions = element(
    TAG.sequence,
    extension(AUTHORITY_KEY_IDENTIFIER, element(TAG.sequence, keyId)),
    extension(CRL_NUMBER, integer(number.toString(16))),
  );
  const tbs = element(
    TAG.sequence,
    integer('01'),
    ECDSA_WITH_SHA256,
    nameOf(new X509Certificate(authority.certificatePem)),
    time(issuedAt),
    time(renewBy),
    // An empty list of entries is none: RFC 5280 has it left out.
    ...(revocations.length > 0 ? [element(TAG.sequence, ...revocations.map(entryFor))] : []),
    element(TAGGED.explicit, extensions),
  );
  const signature = sign('sha256', tbs, authority.key);
  const signed = element(TAG.sequence, tbs, ECDSA_WITH_SHA256, element(TAG.bitString, Buffer.of(0), signature));
  return pemOfList(signed);
}

function entryFor({ serial, revokedAt, reason }: Revocation): Buffer {
  const code = REVOCATION_REASONS[reason];
  const why = code > 0 ? [element(TAG.sequence, extension(REASON_CODE, element(TAG.enumerated, Buffer.of(code))))] : [];
  return element(TAG.sequence, integer(serial), time(revokedAt), ...why);
}

function extension(id: Buffer, value: Buffer): Buffer {
  return element(TAG.sequence, id, element(TAG.octetString, value));
}
