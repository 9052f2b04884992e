import type { X509Certificate } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { callerUri } from '#core/domain/caller.js';
import type { Network } from '#core/network.js';
import type { AgencyEntry, OfficeEntry } from '#core/network-file.js';
import { agencyFolder, FILE, officeFolder, operatorFolder } from '#core/trust/credentials.js';
import { Authority, validFor } from '#core/trust/issue-certificate.js';
import { serialOf } from '#core/trust/revocation-list.js';
import { serverName } from '#core/trust/tls.js';
import { isDue, lifeOf } from '#core/trust/validity.js';
import { closeKey, pairFiles, readPair, readText, writeFiles } from './credentials-on-disk.js';
import { DEMO_OPERATORS } from './demo-operators.js';
import { cardIn, type Keeping, pairIn } from './keeping.js';
import { ensureList, noteIssued, revokedSerials } from './revocations.js';
import { listSigningKeys } from './signing-keys.js';

/** What has less than a third of it left is renewed. */
const AUTHORITY_DAYS = 3650;
const OFFICE_DAYS = 30;
const OPERATOR_DAYS = 90;
const AGENCY_DAYS = 30;

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
  /** Whom each office gets cards for; the demo's operators where nobody says otherwise. */
  operators?: readonly string[];
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
 * as it is: three authorities with a list each, a certificate for each office, for each of its operators and for each agency, and for the
 * centre a public list of the offices' keys. What was revoked is not made again unless that is asked for.
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
    ensure(office, 'offices', officeRequest(folder, entry)),
    ...(wishes.operators ?? DEMO_OPERATORS.map(({ name }) => name)).map((name) =>
      ensure(office, 'operators', operatorRequest(folder, entry, name)),
    ),
  ]);
  issued.push(...network.agencies.map((agency) => ensure(office, 'agencies', agencyRequest(folder, agency))));
  listSigningKeys(network, folder, { now, revoked: office.revoked.offices });
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

/** Whom a certificate is for, where it is kept, and for how long it is good. */
interface Request {
  uri: string;
  folder: string;
  keeping: Keeping;
  days: number;
  commonName: string;
  altNames: Parameters<Authority['issue']>[0]['altNames'];
  serves: boolean;
}

/** @returns whether the certificate had to be made */
function ensure(office: Office, kind: Kind, request: Request): boolean {
  const { keeping, folder } = request;
  const held = keeping.held();
  if (held && isCurrent(office, kind, request, held)) {
    bringLists(folder, office.listFiles);
    return false;
  }
  const beside = { ...office.authorityFiles, ...office.listFiles };
  const wanted = { ...validFor(request.days, office.now), ...request };
  const authority = office.authorities[kind];
  const note = (pem: string) => noteIssued(office.placeOf(kind), request.uri, pem);
  if (held && keeping.renew && !office.revoked[kind].has(serialOf(held))) {
    const renewed = authority.certify(held.publicKey, wanted);
    note(renewed);
    keeping.renew(renewed, beside);
    return true;
  }
  const { key, certificatePem } = authority.issue(wanted);
  note(certificatePem);
  keeping.keep(key, certificatePem, beside);
  return true;
}

function isCurrent(
  { now, wishes, authorityFiles, revoked }: Office,
  kind: Kind,
  { uri, folder }: Request,
  held: X509Certificate,
): boolean {
  if (revoked[kind].has(serialOf(held))) return wishes.reissue !== uri;
  const isWanted = !wishes.rotate && wishes.reissue !== uri && !isDue(lifeOf(held), now);
  return isWanted && Object.entries(authorityFiles).every(([name, pem]) => readText(join(folder, name)) === pem);
}

function bringLists(folder: string, listFiles: Record<string, string>): void {
  const others = Object.entries(listFiles).filter(([name, pem]) => readText(join(folder, name)) !== pem);
  if (others.length > 0) writeFiles(folder, Object.fromEntries(others));
}

/** Office certificates also name hosts, for tools that look for one; offices themselves read the URI alone. */
function officeRequest(certs: string, { office, host, romaji }: OfficeEntry): Request {
  const uri = callerUri({ kind: 'office', office });
  const folder = officeFolder(certs, office);
  return {
    ...{ uri, folder, keeping: pairIn(folder), days: OFFICE_DAYS, commonName: romaji, serves: true },
    altNames: [
      { type: 6, value: uri },
      { type: 2, value: serverName(office) },
      { type: 2, value: host },
      { type: 2, value: 'localhost' },
      { type: 7, ip: '127.0.0.1' },
    ],
  };
}

function operatorRequest(certs: string, { office, romaji }: OfficeEntry, name: string): Request {
  const holder = { kind: 'operator', office, name } as const;
  const uri = callerUri(holder);
  const folder = operatorFolder(certs, office, name);
  return {
    ...{ uri, folder, keeping: cardIn(folder, holder), days: OPERATOR_DAYS, commonName: `${romaji} ${name}` },
    altNames: [{ type: 6, value: uri }],
    serves: false,
  };
}

function agencyRequest(certs: string, { name }: AgencyEntry): Request {
  const uri = callerUri({ kind: 'agency', name });
  const folder = agencyFolder(certs, name);
  return {
    ...{ uri, folder, keeping: pairIn(folder), days: AGENCY_DAYS, commonName: name, serves: false },
    altNames: [{ type: 6, value: uri }],
  };
}
