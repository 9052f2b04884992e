import type { X509Certificate } from 'node:crypto';
import { type Caller, callerOfUri } from '../domain/caller.js';
import { type RevocationLists, serialOf } from './revocation-list.js';

/** The three authorities of a network. Each vouches for one kind of caller and no other. */
export interface TrustedAuthorities {
  offices: X509Certificate;
  operators: X509Certificate;
  agencies: X509Certificate;
}

/**
 * Who a certificate names: the caller in its one URI among the subject alternative names, provided that the authority
 * for that kind of caller issued it. Undefined for every other certificate. Validity is TLS's affair.
 */
export function callerOfCertificate(certificate: X509Certificate, trusted: TrustedAuthorities): Caller | undefined {
  const uris = urisOf(certificate.subjectAltName ?? '');
  const caller = uris.length === 1 ? callerOfUri(uris[0] as string) : undefined;
  if (!caller) return undefined;
  const authority = authorityFor(caller, trusted);
  const issued = certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  return issued ? caller : undefined;
}

/** Whose certificates an authority issues. */
type Kind = keyof TrustedAuthorities;

/** What a caller is told whose certificate was taken back. */
export const REVOKED = 'its certificate has been revoked';

/** Who a certificate names, and when its authority took it back, where it did. */
export interface Shown {
  caller: Caller;
  revokedOn: Date | undefined;
}

/**
 * As callerOfCertificate, and held against the authorities' lists. A stale list goes on counting: it can hide a
 * revocation, and never invent one.
 */
export function shownBy(
  certificate: X509Certificate,
  { trusted, lists }: { trusted: TrustedAuthorities; lists: RevocationLists },
): Shown | undefined {
  const caller = callerOfCertificate(certificate, trusted);
  return caller && { caller, revokedOn: lists[kindOf(caller)].revoked.get(serialOf(certificate)) };
}

/**
 * The URIs of a subjectAltName as Node prints it. A value that holds a comma or a quote comes quoted, so it can not
 * be taken for two entries; no URI of ours needs quoting.
 */
export function urisOf(subjectAltName: string): string[] {
  const entries = subjectAltName.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? [];
  return entries.flatMap((entry) => /^ ?URI:(.*)$/s.exec(entry)?.[1] ?? []);
}

function authorityFor(caller: Caller, trusted: TrustedAuthorities): X509Certificate {
  return trusted[kindOf(caller)];
}

/** Whose authority vouches for a caller. */
export function kindOf({ kind }: Caller): Kind {
  return ({ office: 'offices', operator: 'operators', agency: 'agencies' } as const)[kind];
}
