import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import { FILE, officeFolder } from '#core/trust/credentials.js';
import { type IssuedKey, issuedKeyOf, type KeyList, readKeyList, SIGNING_KEYS } from '#core/trust/signing-keys.js';
import { readText, writeFiles } from './credentials-on-disk.js';

/** Of each office: renewed in time, it has two that are good; where it was hurried, one more. */
const MOST_KEYS = 3;

/**
 * Writes into the centre's folder which keys each office has been given: that of its certificate, and those of before
 * until their certificates end or are revoked. The directory tells them to everybody.
 */
export function listSigningKeys(
  { offices }: Network,
  folder: string,
  { now, revoked }: { now: Date; revoked: Set<string> },
): void {
  if (!offices.some(({ office }) => office === NATIONAL_CENTRE)) return;
  const place = officeFolder(folder, NATIONAL_CENTRE);
  const text = readText(join(place, SIGNING_KEYS));
  const before = text === undefined ? {} : readOrForget(text);
  const isGood = ({ serial, until }: IssuedKey) => !revoked.has(serial) && new Date(until) > now;
  const list: KeyList = {};
  for (const { office } of offices) {
    const pem = readText(join(officeFolder(folder, office), FILE.certificate));
    const present = pem === undefined ? [] : [issuedKeyOf(new X509Certificate(pem))];
    const earlier = (before[office] ?? []).filter(({ serial }) => serial !== present[0]?.serial);
    list[office] = [...present, ...earlier].filter(isGood).slice(0, MOST_KEYS);
  }
  const next = `${JSON.stringify(list, null, 1)}\n`;
  if (next !== text) writeFiles(place, { [SIGNING_KEYS]: next });
}

/** What was torn is made again from the certificates. */
function readOrForget(text: string): KeyList {
  try {
    return readKeyList(text);
  } catch {
    return {};
  }
}
