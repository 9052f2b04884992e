import { X509Certificate } from 'node:crypto';
import type { PeerCertificate, SecureContextOptions } from 'node:tls';
import { codeOf, type OfficeId, roleOf } from '../domain/office.js';
import type { Credentials } from './credentials.js';
import { shownBy } from './peer-identity.js';

const DOMAIN = 'juki.internal';

/** So long, whoever connects to a listener may take to show a certificate. */
export const HANDSHAKE_TIMEOUT_MS = 20_000;

/** Mutual TLS 1.3 and nothing below it, for every listener of a node (CHANNEL). */
export function serverTls({ certificate, key, authorities }: Credentials): SecureContextOptions {
  return { cert: certificate, key, ca: authorities, minVersion: 'TLSv1.3' };
}

/** For a connection to an office: only the offices' authority can vouch for the other end. */
export function clientTls({ certificate, key, officesAuthority }: Credentials): SecureContextOptions {
  return { cert: certificate, key, ca: officesAuthority, minVersion: 'TLSv1.3' };
}

/** The name that a connection to an office asks for: `131059.municipality.juki.internal`. */
export function serverName(office: OfficeId): string {
  return [codeOf(office), roleOf(office), DOMAIN].filter(Boolean).join('.');
}

/**
 * A check for tls.connect: the other end is the office whose server name was asked for, and its authority did not take
 * the certificate back. Host names play no part. The lists are applied here and not by TLS: with a list that has lapsed,
 * TLS refuses everybody, and of one that is revoked it says nothing.
 */
export function checkOffice(credentials: Pick<Credentials, 'trusted' | 'lists'>) {
  return (name: string, peer: PeerCertificate): Error | undefined => {
    const shown = shownBy(new X509Certificate(peer.raw), credentials);
    if (shown?.caller.kind !== 'office' || serverName(shown.caller.office) !== name)
      return new Error(`the certificate shown is not that of ${name}`);
    return shown.revokedOn && new Error(`the certificate of ${name} has been revoked`);
  };
}

/** Whether two credentials make the same listener: revocation lists play no part in it. */
export function makeSameListener(one: Credentials, other: Credentials): boolean {
  return (
    one.certificate.equals(other.certificate) &&
    one.key.equals(other.key) &&
    Buffer.concat(one.authorities).equals(Buffer.concat(other.authorities))
  );
}
