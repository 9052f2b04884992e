import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Caller, callerUri } from '#core/domain/caller.js';
import type { Network } from '#core/network.js';
import type { OfficeEntry } from '#core/network-file.js';
import { FILE, officeFolder, operatorFolder } from '#core/trust/credentials.js';
import { Authority, type KeyAndCertificate, validFor } from '#core/trust/issue-certificate.js';
import { serialOf } from '#core/trust/revocation-list.js';
import { serverName } from '#core/trust/tls.js';
import { isDue, lifeOf } from '#core/trust/validity.js';
import { closeKey, pairFiles, readPair, readText, writeFiles } from './credentials-on-disk.js';
import { ensureList, noteIssued, revokedSerials } from './revocations.js';

/** What has less than a third of it left is renewed. */
const AUTHORITY_DAYS = 3650;
const OFFICE_DAYS = 30;
const OPERATOR_DAYS = 90;

/** Whoever sits at the counter in the demo network. */
export const OPERATOR = 'operator-1';
/** Each office has a second operator, since some acts need a second person. */
export const SECOND_OPERATOR = 'operator-2';

export interface Authorities {
  offices: Authority;
  operators: Authority;
  agencies: Authority;
}

type Kind = keyof Authorities;
const KINDS: Kind[] = ['offices', 'operators', 'agencies'];

interface Wishes {
  /** Renews the certificates of all offices and operators, however long they would go on. */
  rotate?: boolean;
  /** Leaves operators' certificates alone as long as there are any: another one is another card. */
  keepCards?: boolean;
  /** The URI of somebody who gets another certificate, though the last one was revoked. */
  reissue?: string;
}

/** What is needed to make somebody's credentials, or to find that they are good. */
interface Office {
  now: Date;
  wishes: Wishes;
  authorities: Authorities;
  /** Whom to trust, and what was revoked: what lies in every folder beside key and certificate. */
  authorityFiles: Record<string, string>;
  listFiles: Record<string, string>;
  revoked: Record<Kind, Set<string>>;
  /** Where an authority keeps what it has. */
  placeOf: (kind: Kind) => string;
}

/**
 * Makes what is missing of a network's certificates and revocation lists, renews what nears its end, and leaves the rest
 * as it is: three authorities with a list each, a certificate for each office and for each of its operators. What was
 * revoked is not made again unless that is asked for.
 *
 * @returns how many certificates were made
 * @throws Error where the note of what was revoked can not be read
 */
export function ensureCertificates(network: Network, folder: string, now: Date, wishes: Wishes = {}): number {
  mkdirSync(folder, { recursive: true });
  const ca = join(folder, 'ca');
  const { authorities, made } = ensureAuthorities(ca, now);
  const placeOf = (kind: Kind) => join(ca, kind);
  const office: Office = {
    ...{ now, wishes, authorities, placeOf },
    authorityFiles: byFile((kind) => [FILE[kind], authorities[kind].certificatePem]),
    listFiles: byFile((kind) => [FILE[`${kind}List`], ensureList(placeOf(kind), authorities[kind], now)]),
    revoked: {
      offices: revokedSerials(placeOf('offices')),
      operators: revokedSerials(placeOf('operators')),
      agencies: revokedSerials(placeOf('agencies')),
    },
  };
  const issued = network.offices.flatMap((entry) => [
    ensure(office, 'offices', officeFolder(folder, entry.office), officeRequest(entry)),
    ...[OPERATOR, SECOND_OPERATOR].map((name) =>
      ensure(office, 'operators', operatorFolder(folder, entry.office, name), operatorRequest(entry, name)),
    ),
  ]);
  return made + issued.filter(Boolean).length;
}

function byFile(fileOf: (kind: Kind) => [string, string]): Record<string, string> {
  return Object.fromEntries(KINDS.map(fileOf));
}

/**
 * An authority keeps its key when it is renewed: then whatever it issued before is still its own, and those who have the
 * certificate of before go on believing it.
 */
function ensureAuthorities(folder: string, now: Date): { authorities: Authorities; made: number } {
  let made = 0;
  const authority = (kind: Kind): Authority => {
    const [place, name] = [join(folder, kind), `Juki Net ${kind}`];
    closeKey(place);
    const known = readPair(place);
    if (known && !isDue(lifeOf(known.certificate), now)) return new Authority(name, known.key, known.pem);
    made += 1;
    const validity = validFor(AUTHORITY_DAYS, now);
    const created = known ? Authority.withKey(name, known.key, validity) : Authority.create(name, validity);
    writeFiles(place, pairFiles(created));
    return created;
  };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    authorities: { offices: authority('offices'), operators: authority('operators'), agencies: authority('agencies') },
    made,
  };
}

/** Whom a certificate is for, and for how long. */
interface Request {
  caller: Caller;
  days: number;
  commonName: string;
  altNames: Parameters<Authority['issue']>[0]['altNames'];
  serves: boolean;
}

/** @returns whether the certificate had to be made */
function ensure(office: Office, kind: Kind, folder: string, request: Request): boolean {
  closeKey(folder);
  if (isCurrent(office, kind, folder, callerUri(request.caller))) {
    bringLists(folder, office.listFiles);
    return false;
  }
  const issued = issue(office, kind, request);
  const { [FILE.certificate]: certificate = '', ...rest } = pairFiles(issued);
  const files = { ...office.authorityFiles, ...office.listFiles, ...rest, [FILE.certificate]: certificate };
  writeFiles(folder, files);
  return true;
}

function issue({ authorities, now, placeOf }: Office, kind: Kind, request: Request): KeyAndCertificate {
  const issued = authorities[kind].issue({ ...validFor(request.days, now), ...request });
  noteIssued(placeOf(kind), callerUri(request.caller), issued);
  return issued;
}

function isCurrent({ now, wishes, authorityFiles, revoked }: Office, kind: Kind, folder: string, uri: string): boolean {
  const pair = readPair(folder);
  if (!pair) return false;
  const isRevoked = revoked[kind].has(serialOf(pair.certificate));
  if (isRevoked) return wishes.reissue !== uri;
  if (kind === 'operators' && wishes.keepCards && wishes.reissue !== uri) return true;
  const isWanted = !wishes.rotate && wishes.reissue !== uri && !isDue(lifeOf(pair.certificate), now);
  return isWanted && Object.entries(authorityFiles).every(([name, pem]) => readText(join(folder, name)) === pem);
}

function bringLists(folder: string, listFiles: Record<string, string>): void {
  const others = Object.entries(listFiles).filter(([name, pem]) => readText(join(folder, name)) !== pem);
  if (others.length > 0) writeFiles(folder, Object.fromEntries(others));
}

/** Office certificates also name hosts, for tools that look for one; offices themselves read the URI alone. */
function officeRequest({ office, host, romaji }: OfficeEntry): Request {
  const caller: Caller = { kind: 'office', office };
  return {
    ...{ caller, days: OFFICE_DAYS, commonName: romaji, serves: true },
    altNames: [
      { type: 6, value: callerUri(caller) },
      { type: 2, value: serverName(office) },
      { type: 2, value: host },
      { type: 2, value: 'localhost' },
      { type: 7, ip: '127.0.0.1' },
    ],
  };
}

function operatorRequest({ office, romaji }: OfficeEntry, name: string): Request {
  const caller: Caller = { kind: 'operator', office, name };
  return {
    ...{ caller, days: OPERATOR_DAYS, commonName: `${romaji} ${name}`, serves: false },
    altNames: [{ type: 6, value: callerUri(caller) }],
  };
}
