import { createHash, type KeyObject, type X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SigningKeys } from '../domain/directory.js';
import { isOfficeId, type OfficeId } from '../domain/office.js';
import { serialOf } from './revocation-list.js';

/** The public list that `npm run certs` writes into the centre's folder: which keys each office has been given. */
export const SIGNING_KEYS = 'signing-keys.json';

const Issued = z.strictObject({
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the certificate. */
  serial: z.string(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
});
const List = z.record(z.string().refine(isOfficeId), z.array(Issued));

/** A key, and the life of its certificate. */
export type IssuedKey = z.infer<typeof Issued>;
/** The newest key of each office first. */
export type KeyList = z.infer<typeof List>;

/** SHA-256 over the SubjectPublicKeyInfo (DER), hex. */
export function keyFingerprint(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

export function issuedKeyOf(certificate: X509Certificate): IssuedKey {
  const { publicKey, validFromDate: from, validToDate: until } = certificate;
  const life = { from: from.toISOString(), until: until.toISOString() };
  return { key: keyFingerprint(publicKey), serial: serialOf(certificate), ...life };
}

/** @throws Error where the text is no such list */
export function readKeyList(text: string): KeyList {
  return List.parse(JSON.parse(text));
}

/** @returns undefined where the folder has none: only the centre's has */
export function loadKeyList(folder: string): KeyList | undefined {
  const path = join(folder, SIGNING_KEYS);
  try {
    return readKeyList(readFileSync(path, 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${path} is torn or no list of keys: npm run certs makes it again`, { cause });
  }
}

/** As the directory states them; null where none is known. */
export function signingKeysIn(list: KeyList | undefined, office: OfficeId): SigningKeys | null {
  const issued = list?.[office] ?? [];
  const [newest] = issued;
  return newest ? { keys: issued.map(({ key }) => key), newestFrom: newest.from } : null;
}

/**
 * Whether an office may sign with a key: it is listed, or newer than all that are. An office that has been given another
 * key uses it before everybody has heard of it, and no call fails because of that.
 */
export function mayUse(listed: SigningKeys | null | undefined, key: string, from: Date): boolean {
  return !listed || listed.keys.includes(key) || from >= new Date(listed.newestFrom);
}
