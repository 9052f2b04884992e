import { verify, type X509Certificate } from 'node:crypto';
import { type Element, elementsIn, momentOf, partsOf, TAG, TAGGED } from './der.js';

/** What an authority has taken back: a revocation list (RFC 5280, version 2) whose signature is good. */
export interface RevocationList {
  /** Goes up by one with each list. */
  number: number;
  issuedAt: Date;
  /** When the next one is due: from then on this one is stale. */
  renewBy: Date;
  /** When each was revoked, by serial number. */
  revoked: Map<string, Date>;
  /** The serial numbers of those among them whose entry says why, and that nobody else had the key. */
  keyKept: Set<string>;
}

/** The lists of the three authorities, each for its kind of caller. */
export interface RevocationLists {
  offices: RevocationList;
  operators: RevocationList;
  agencies: RevocationList;
}

export const CRL_NUMBER = Buffer.from('0603551d14', 'hex');
export const REASON_CODE = Buffer.from('0603551d15', 'hex');
/** affiliationChanged, superseded, cessationOfOperation. What gives no reason can have had any. */
const KEY_KEPT = [3, 4, 5];
const LABEL = 'X509 CRL';

/** @throws Error where the text is no such list, or not that of this authority. */
export function readRevocationList(pem: string, authority: X509Certificate): RevocationList {
  const [tbs, algorithm, signature] = partsOf(derOf(pem));
  const [version, sameAlgorithm, issuer, issuedAt, renewBy, ...rest] = tbs ? elementsIn(tbs.content) : [];
  if (!tbs || !algorithm || !signature || !version || !sameAlgorithm || !issuer || !issuedAt || !renewBy)
    throw new RangeError('not a revocation list');
  // What is outside the signature is held against what is inside.
  const isWellFormed = signature.tag === TAG.bitString && signature.content[0] === 0;
  if (!isWellFormed || !algorithm.bytes.equals(sameAlgorithm.bytes)) throw new RangeError('not a revocation list');
  const isSigned = verify('sha256', tbs.bytes, authority.publicKey, signature.content.subarray(1));
  if (!isSigned || !issuer.bytes.equals(nameOf(authority)))
    throw new Error('a revocation list that its authority did not sign');
  const listed = rest.find(({ tag }) => tag === TAG.sequence);
  const entries = listed ? elementsIn(listed.content).map(entryOf) : [];
  return {
    number: numberIn(rest),
    issuedAt: momentOf(issuedAt),
    renewBy: momentOf(renewBy),
    revoked: new Map(entries.map(({ serial, revokedAt }) => [serial, revokedAt])),
    keyKept: new Set(entries.filter(({ isKeyKept }) => isKeyKept).map(({ serial }) => serial)),
  };
}

/** An authority's name, as it stands in what it issues. */
export function nameOf(authority: X509Certificate): Buffer {
  const [tbs] = partsOf(authority.raw);
  const subject = tbs && elementsIn(tbs.content)[5];
  if (!subject) throw new RangeError('a certificate without a subject');
  return subject.bytes;
}

/** A certificate's serial number as the lists have it: hex digits without leading zeros. */
export function serialOf({ serialNumber }: X509Certificate): string {
  return serialNumber.toUpperCase().replace(/^0+/, '');
}

export function pemOfList(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${LABEL}-----`, ...lines, `-----END ${LABEL}-----`, ''].join('\n');
}

function derOf(pem: string): Buffer {
  const [, body] = new RegExp(`-----BEGIN ${LABEL}-----\\s([A-Za-z0-9+/=\\s]+)-----END ${LABEL}-----`).exec(pem) ?? [];
  if (body === undefined) throw new RangeError('not a revocation list, or not all of it');
  return Buffer.from(body, 'base64');
}

interface Entry {
  serial: string;
  revokedAt: Date;
  isKeyKept: boolean;
}

function entryOf({ content }: Element): Entry {
  const [serial, revokedAt, extensions] = elementsIn(content);
  if (!serial || !revokedAt) throw new RangeError('an entry without a serial number or time');
  return {
    serial: serial.content.toString('hex').toUpperCase().replace(/^0+/, ''),
    revokedAt: momentOf(revokedAt),
    isKeyKept: KEY_KEPT.includes(reasonIn(extensions)),
  };
}

/** As RFC 5280 numbers it; 0, unspecified, where none is given. */
function reasonIn(extensions: Element | undefined): number {
  const found = elementsIn(extensions?.content ?? Buffer.alloc(0)).map(({ content }) => elementsIn(content));
  const value = found.find(([id]) => id?.bytes.equals(REASON_CODE))?.at(-1);
  const [code] = value ? elementsIn(value.content) : [];
  return code?.content[0] ?? 0;
}

function numberIn(rest: Element[]): number {
  const tagged = rest.find(({ tag }) => tag === TAGGED.explicit);
  const extensions = tagged ? partsOf(tagged.content) : [];
  const found = extensions.map(({ content }) => elementsIn(content)).find(([id]) => id?.bytes.equals(CRL_NUMBER));
  const number = found?.at(-1);
  if (!number) throw new RangeError('a revocation list without a number');
  const [value] = elementsIn(number.content);
  return Number.parseInt(value?.content.toString('hex') ?? '', 16);
}
