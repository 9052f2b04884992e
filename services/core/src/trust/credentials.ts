import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OfficeId, slugOf } from '../domain/office.js';
import { callerOfCertificate, type TrustedAuthorities } from './peer-identity.js';
import { type RevocationLists, readRevocationList, serialOf } from './revocation-list.js';
import { type KeyList, loadKeyList } from './signing-keys.js';

/** How one end of the dedicated line shows itself: PEM texts. */
interface Identity {
  certificate: Buffer;
  key: Buffer;
}

/** Whom one end of the dedicated line believes: PEM texts, and what can be read in them. */
interface Trust {
  /** Whom servers may be issued by. */
  officesAuthority: Buffer;
  /** Whom callers may be issued by. */
  authorities: Buffer[];
  trusted: TrustedAuthorities;
  /** What the authorities took back. */
  lists: RevocationLists;
}

/** What one end of the dedicated line needs to show itself and to know the other. */
export interface Credentials extends Identity, Trust {
  /** At the centre only: which keys the offices have been given. */
  signingKeys?: KeyList | undefined;
}

/** The names of the files that `npm run certs` writes into the folder of an office or operator. */
export const FILE = {
  certificate: 'certificate.pem',
  key: 'key.pem',
  offices: 'offices-ca.pem',
  operators: 'operators-ca.pem',
  agencies: 'agencies-ca.pem',
  officesList: 'offices-crl.pem',
  operatorsList: 'operators-crl.pem',
  agenciesList: 'agencies-crl.pem',
} as const;

/** Between two looks at a folder that is just being written, and how often it is looked at. */
const PAUSE_MS = 25;
const LOOKS = 20;

/**
 * A folder that is just being written is waited for: the key is replaced a moment before its certificate.
 *
 * @throws Error that says what to do where a file is missing or can not be read, or key and certificate are of two kinds
 */
export function loadCredentials(folder: string): Credentials {
  for (let look = 1; ; look += 1) {
    const identity = loadIdentity(folder);
    if (belongTogether(identity)) return { ...identity, ...loadTrust(folder), signingKeys: loadKeyList(folder) };
    if (look === LOOKS)
      throw new Error(`certificate and key in ${folder} do not belong together: npm run certs makes them again`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

/** What can not be read at all is not waited for: whoever uses it will say what is wrong with it. */
function belongTogether({ certificate, key }: Identity): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch {
    return true;
  }
}

/** @throws Error as loadCredentials */
export function loadIdentity(folder: string): Identity {
  return { certificate: read(folder, FILE.certificate), key: read(folder, FILE.key) };
}

/** @throws Error as loadCredentials, and where a list is not one that its authority signed */
export function loadTrust(folder: string): Trust {
  const [offices, operators, agencies] = [FILE.offices, FILE.operators, FILE.agencies].map((name) =>
    read(folder, name),
  ) as [Buffer, Buffer, Buffer];
  const trusted = {
    offices: new X509Certificate(offices),
    operators: new X509Certificate(operators),
    agencies: new X509Certificate(agencies),
  };
  const listOf = (kind: keyof TrustedAuthorities) => {
    const name = FILE[`${kind}List`];
    const pem = read(folder, name).toString();
    try {
      return readRevocationList(pem, trusted[kind]);
    } catch (cause) {
      const why = cause instanceof RangeError ? 'is torn or no revocation list' : 'is not signed by its authority';
      throw new Error(`${join(folder, name)} ${why}: npm run certs makes it again`, { cause });
    }
  };
  const lists = { offices: listOf('offices'), operators: listOf('operators'), agencies: listOf('agencies') };
  return { officesAuthority: offices, authorities: [offices, operators, agencies], trusted, lists };
}

function read(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, name));
  } catch (cause) {
    throw new Error(`${join(folder, name)} can not be read: npm run certs makes what is missing`, { cause });
  }
}

/**
 * Whether an office can show itself with these credentials.
 *
 * @throws Error that says what is wrong and what to do: with such a certificate, every other office would turn it away
 * and only say that it did.
 */
export function checkOwnCertificate(credentials: Credentials, office: OfficeId, now: Date): void {
  checkIdentity(credentials, office, now);
  const revokedOn = credentials.lists.offices.revoked.get(serialOf(new X509Certificate(credentials.certificate)));
  if (revokedOn)
    throw new Error(
      `the certificate of ${office} was revoked on ${day(revokedOn)}: npm run certs -- --reissue ${office} makes another`,
    );
}

/** @throws Error as checkOwnCertificate, whatever the revocation lists say */
export function checkIdentity(credentials: Credentials, office: OfficeId, now: Date): void {
  const certificate = new X509Certificate(credentials.certificate);
  const caller = callerOfCertificate(certificate, credentials.trusted);
  if (caller?.kind !== 'office' || caller.office !== office)
    throw new Error(`the certificate in use does not name ${office}: make the certificates again (npm run certs)`);
  if (!certificate.checkPrivateKey(createPrivateKey(credentials.key)))
    throw new Error(`the certificate of ${office} and the key beside it do not belong together: npm run certs`);
  if (certificate.validToDate < now)
    throw new Error(
      `the certificate of ${office} expired on ${certificate.validTo}: npm run certs, unless this machine's clock is ahead`,
    );
  if (certificate.validFromDate > now)
    throw new Error(`the certificate of ${office} begins on ${certificate.validFrom}: is this machine's clock right?`);
}

function day(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The folder of an office's credentials. */
export function officeFolder(certs: string, office: OfficeId): string {
  return join(certs, slugOf(office));
}

/** The folder of an agency's credentials. */
export function agencyFolder(certs: string, name: string): string {
  return join(certs, 'agencies', name);
}

/** The folder of an office's operator: whom to trust, and the card, without which there is no key. */
export function operatorFolder(certs: string, office: OfficeId, name: string): string {
  return join(certs, 'operators', slugOf(office), name);
}

/** Where an operator's card lies. */
export function cardPath(certs: string, office: OfficeId, name: string): string {
  return join(operatorFolder(certs, office, name), 'card.json');
}
