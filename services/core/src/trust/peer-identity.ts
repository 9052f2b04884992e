import type { X509Certificate } from 'node:crypto';
import { type Caller, callerOfUri } from '../domain/caller.js';

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

/**
 * The URIs of a subjectAltName as Node prints it. A value that holds a comma or a quote comes quoted, so it can not
 * be taken for two entries; no URI of ours needs quoting.
 */
export function urisOf(subjectAltName: string): string[] {
  const entries = subjectAltName.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? [];
  return entries.flatMap((entry) => /^ ?URI:(.*)$/s.exec(entry)?.[1] ?? []);
}

function authorityFor(caller: Caller, trusted: TrustedAuthorities): X509Certificate {
  if (caller.kind === 'office') return trusted.offices;
  return caller.kind === 'operator' ? trusted.operators : trusted.agencies;
}
