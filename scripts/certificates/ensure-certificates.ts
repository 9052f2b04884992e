import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callerUri } from '#core/domain/caller.js';
import type { Network } from '#core/network.js';
import type { OfficeEntry } from '#core/network-file.js';
import { FILE, officeFolder, operatorFolder } from '#core/trust/credentials.js';
import { Authority, type KeyAndCertificate, validFor } from '#core/trust/issue-certificate.js';
import { serverName } from '#core/trust/tls.js';

const AUTHORITY_DAYS = 3650;
const DAYS = 365;
const DAY = 86_400_000;
/** What would expire within a day is made anew. */
const MARGIN = DAY;

/** Whoever sits at the counter in the demo network. */
export const OPERATOR = 'operator-1';
/** Each office has a second operator, since some acts need a second person. */
export const SECOND_OPERATOR = 'operator-2';

export interface Authorities {
  offices: Authority;
  operators: Authority;
  agencies: Authority;
}

/**
 * Makes what is missing of a network's certificates, or about to expire, and leaves the rest as it is: three
 * authorities, a certificate for each office and for each of its operators.
 *
 * @returns how many certificates were made
 */
export function ensureCertificates(network: Network, folder: string, now: Date): number {
  mkdirSync(folder, { recursive: true });
  const { authorities, made } = ensureAuthorities(join(folder, 'ca'), now);
  const validity = validFor(DAYS, now);
  const issued = network.offices.flatMap((entry) => [
    ensure(officeFolder(folder, entry.office), authorities, now, () =>
      authorities.offices.issue({ ...validity, ...officeNames(entry), serves: true }),
    ),
    ...[OPERATOR, SECOND_OPERATOR].map((operator) =>
      ensure(operatorFolder(folder, entry.office, operator), authorities, now, () =>
        authorities.operators.issue({ ...validity, ...operatorNames(entry, operator), serves: false }),
      ),
    ),
  ]);
  return made + issued.filter(Boolean).length;
}

/** Writes a key, its certificate and whom to trust into a folder, whole or not at all. */
function writeCredentials(folder: string, { key, certificatePem }: KeyAndCertificate, trust: Authorities): void {
  const files = {
    [FILE.certificate]: certificatePem,
    [FILE.key]: pemOf(key),
    [FILE.offices]: trust.offices.certificatePem,
    [FILE.operators]: trust.operators.certificatePem,
    [FILE.agencies]: trust.agencies.certificatePem,
  };
  writeFolder(folder, files);
}

function ensureAuthorities(folder: string, now: Date): { authorities: Authorities; made: number } {
  let made = 0;
  const authority = (kind: keyof Authorities): Authority => {
    const place = join(folder, kind);
    const name = `Juki Net ${kind}`;
    if (isValid(place, now)) {
      const key = createPrivateKey(readFileSync(join(place, FILE.key)));
      return new Authority(name, key, readFileSync(join(place, FILE.certificate), 'utf8'));
    }
    made += 1;
    const created = Authority.create(name, validFor(AUTHORITY_DAYS, now));
    writeFolder(place, { [FILE.certificate]: created.certificatePem, [FILE.key]: pemOf(created.key) });
    return created;
  };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    authorities: { offices: authority('offices'), operators: authority('operators'), agencies: authority('agencies') },
    made,
  };
}

/** @returns whether the credentials had to be made */
function ensure(folder: string, trust: Authorities, now: Date, issue: () => KeyAndCertificate): boolean {
  if (isCurrent(folder, trust, now)) return false;
  writeCredentials(folder, issue(), trust);
  return true;
}

function isCurrent(folder: string, trust: Authorities, now: Date): boolean {
  const trusted = { offices: FILE.offices, operators: FILE.operators, agencies: FILE.agencies };
  const kinds = Object.keys(trusted) as (keyof Authorities)[];
  return (
    isValid(folder, now) && kinds.every((kind) => readText(join(folder, trusted[kind])) === trust[kind].certificatePem)
  );
}

/** A certificate that goes on for a while, and the key that belongs to it. */
function isValid(folder: string, now: Date): boolean {
  const [pem, key] = [readText(join(folder, FILE.certificate)), readText(join(folder, FILE.key))];
  if (pem === undefined || key === undefined) return false;
  try {
    const certificate = new X509Certificate(pem);
    const goesOn = certificate.validToDate.getTime() > now.getTime() + MARGIN;
    return goesOn && certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false; // A file that was torn is made again like one that is missing.
  }
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Office certificates also name hosts, for tools that look for one; offices themselves read the URI alone. */
function officeNames({ office, host, romaji }: OfficeEntry) {
  return {
    commonName: romaji,
    altNames: [
      { type: 6 as const, value: callerUri({ kind: 'office', office }) },
      { type: 2 as const, value: serverName(office) },
      { type: 2 as const, value: host },
      { type: 2 as const, value: 'localhost' },
      { type: 7 as const, ip: '127.0.0.1' },
    ],
  };
}

function operatorNames({ office, romaji }: OfficeEntry, operator: string) {
  const value = callerUri({ kind: 'operator', office, name: operator });
  return { commonName: `${romaji} ${operator}`, altNames: [{ type: 6 as const, value }] };
}

/** A mount point can not be replaced, so what stands in the folder is replaced file by file, the certificate last. */
function writeFolder(folder: string, files: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, FILE.certificate), { force: true });
  const names = Object.keys(files).sort((a, b) => Number(a === FILE.certificate) - Number(b === FILE.certificate));
  for (const name of names) {
    writeFileSync(join(folder, `${name}.new`), files[name] ?? '', { mode: name === FILE.key ? 0o600 : 0o644 });
    renameSync(join(folder, `${name}.new`), join(folder, name));
  }
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
