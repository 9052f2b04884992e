import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OfficeId, slugOf } from '../domain/office.js';
import { callerOfCertificate, type TrustedAuthorities } from './peer-identity.js';

/** What one end of the dedicated line needs to show itself and to know the other: PEM texts. */
export interface Credentials {
  certificate: Buffer;
  key: Buffer;
  /** Whom servers may be issued by. */
  officesAuthority: Buffer;
  /** Whom callers may be issued by. */
  authorities: Buffer[];
  trusted: TrustedAuthorities;
}

/** The names of the files that `npm run certs` writes into the folder of an office or operator. */
export const FILE = {
  certificate: 'certificate.pem',
  key: 'key.pem',
  offices: 'offices-ca.pem',
  operators: 'operators-ca.pem',
  agencies: 'agencies-ca.pem',
} as const;

/** @throws Error that says what to do where a file is missing or can not be read. */
export function loadCredentials(folder: string): Credentials {
  const read = (name: string) => {
    try {
      return readFileSync(join(folder, name));
    } catch (cause) {
      throw new Error(`${join(folder, name)} can not be read: npm run certs makes what is missing`, { cause });
    }
  };
  const [offices, operators, agencies] = [read(FILE.offices), read(FILE.operators), read(FILE.agencies)];
  return {
    certificate: read(FILE.certificate),
    key: read(FILE.key),
    officesAuthority: offices,
    authorities: [offices, operators, agencies],
    trusted: {
      offices: new X509Certificate(offices),
      operators: new X509Certificate(operators),
      agencies: new X509Certificate(agencies),
    },
  };
}

/**
 * Whether an office can show itself with these credentials.
 *
 * @throws Error that says what is wrong and what to do: with such a certificate, every other office would turn it away
 * and only say that it did.
 */
export function checkOwnCertificate(credentials: Credentials, office: OfficeId, now: Date): void {
  const certificate = new X509Certificate(credentials.certificate);
  const caller = callerOfCertificate(certificate, credentials.trusted);
  if (caller?.kind !== 'office' || caller.office !== office)
    throw new Error(`the certificate in use does not name ${office}: make the certificates again (npm run certs)`);
  if (certificate.validToDate < now)
    throw new Error(`the certificate of ${office} expired on ${certificate.validTo}: npm run certs`);
  if (certificate.validFromDate > now)
    throw new Error(`the certificate of ${office} begins on ${certificate.validFrom}: is this machine's clock right?`);
}

/** The folder of an office's credentials. */
export function officeFolder(certs: string, office: OfficeId): string {
  return join(certs, slugOf(office));
}

/** The folder of the credentials of an office's operator. */
export function operatorFolder(certs: string, office: OfficeId, name: string): string {
  return join(certs, 'operators', slugOf(office), name);
}
