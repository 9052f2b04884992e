import { X509Certificate } from 'node:crypto';
import type { PeerCertificate, SecureContextOptions } from 'node:tls';
import { codeOf, type OfficeId, roleOf } from '../domain/office.js';
import type { Credentials } from './credentials.js';
import { callerOfCertificate } from './peer-identity.js';

const DOMAIN = 'juki.internal';

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

/** A check for tls.connect: the other end is the office whose server name was asked for. Host names play no part. */
export function checkOffice({ trusted }: Credentials) {
  return (name: string, peer: PeerCertificate): Error | undefined => {
    const caller = callerOfCertificate(new X509Certificate(peer.raw), trusted);
    if (caller?.kind === 'office' && serverName(caller.office) === name) return undefined;
    return new Error(`the certificate shown is not that of ${name}`);
  };
}
