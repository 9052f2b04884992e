import { X509Certificate } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Authority, validFor } from '#core/trust/issue-certificate.js';
import { issueRevocationList, REVOCATION_REASONS, type RevocationReason } from '#core/trust/issue-revocation-list.js';
import { type RevocationList, readRevocationList, serialOf } from '#core/trust/revocation-list.js';
import { isDue, lifeOfList } from '#core/trust/validity.js';
import { readText, writeFiles } from './credentials-on-disk.js';

/** How long a list is good, and how much of that is left when the next one is made. */
const LIST_DAYS = 7;
const RENEWED_AT = 1 / 2;

const LIST = 'crl.pem';
const REVOKED = 'revoked.json';
const ISSUED = 'issued.jsonl';

const reasons = Object.keys(REVOCATION_REASONS) as [RevocationReason, ...RevocationReason[]];
const Revocation = z.object({
  serial: z.string().regex(/^[0-9A-F]+$/),
  whom: z.string(),
  revokedAt: z.iso.datetime(),
  reason: z.enum(reasons),
});
const Issued = z.object({ serial: z.string(), whom: z.string(), endsAt: z.iso.datetime() });

type Revocation = z.infer<typeof Revocation>;

/** Writes down that an authority issued a certificate. This comes first: what is not known can not be taken back. */
export function noteIssued(authorityFolder: string, whom: string, certificatePem: string): void {
  const line = issuedTo(whom, new X509Certificate(certificatePem));
  mkdirSync(authorityFolder, { recursive: true });
  appendFileSync(join(authorityFolder, ISSUED), `${JSON.stringify(line)}\n`);
}

/**
 * Writes down that every certificate of somebody is revoked that has not expired, those among them that others took the
 * place of: whoever has a key of theirs may have kept an older one.
 *
 * @param held - the certificate that they hold: one that was issued before this was written down is in no note
 * @returns how many; none where all of them were revoked before
 */
export function noteRevoked(
  authorityFolder: string,
  whom: string,
  { held, now, reason }: { held: X509Certificate | undefined; now: Date; reason: RevocationReason },
): number {
  const lines = (readText(join(authorityFolder, ISSUED)) ?? '').split('\n').filter(Boolean);
  const issued = lines.map((line) => Issued.parse(JSON.parse(line)));
  const known = readRevoked(authorityFolder);
  const before = new Set(known.map(({ serial }) => serial));
  const all = [...issued.filter((each) => each.whom === whom), ...(held ? [issuedTo(whom, held)] : [])];
  const good = all.filter(({ endsAt, serial }) => new Date(endsAt) > now && !before.has(serial));
  const serials = new Set(good.map(({ serial }) => serial));
  const added = [...serials].map((serial) => ({ serial, whom, revokedAt: now.toISOString(), reason }));
  if (added.length > 0)
    writeFiles(authorityFolder, { [REVOKED]: `${JSON.stringify([...known, ...added], null, 2)}\n` });
  return added.length;
}

function issuedTo(whom: string, certificate: X509Certificate): z.infer<typeof Issued> {
  return { serial: serialOf(certificate), whom, endsAt: certificate.validToDate.toISOString() };
}

/**
 * The authority's revocation list as PEM: that of before while it is complete and more than half of its life is left,
 * else the next one, which is written down.
 */
export function ensureList(authorityFolder: string, authority: Authority, now: Date): string {
  const before = readList(authorityFolder, authority);
  const noted = readRevoked(authorityFolder);
  if (before && isUpToDate(before.list, noted, now)) return before.pem;
  const revocations = withThoseOf(before?.list, noted);
  const pem = issueRevocationList(authority, {
    number: numberAfter(before?.list, now),
    issuedAt: validFor(LIST_DAYS, now).notBefore,
    renewBy: validFor(LIST_DAYS, now).notAfter,
    revocations: revocations.map((each) => ({ ...each, revokedAt: new Date(each.revokedAt) })),
  });
  writeFiles(authorityFolder, { [LIST]: pem });
  return pem;
}

/** The serial numbers of what an authority took back. */
export function revokedSerials(authorityFolder: string): Set<string> {
  return new Set(readRevoked(authorityFolder).map(({ serial }) => serial));
}

/** @throws Error where the file is torn: nobody may be let in again because of that */
function readRevoked(folder: string): Revocation[] {
  const path = join(folder, REVOKED);
  const text = readText(path);
  try {
    return text === undefined ? [] : z.array(Revocation).parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} can not be read: restore it, or every certificate that it names is trusted again`, {
      cause,
    });
  }
}

function readList(folder: string, { certificatePem }: Authority): { pem: string; list: RevocationList } | undefined {
  const pem = readText(join(folder, LIST));
  if (pem === undefined) return undefined;
  try {
    return { pem, list: readRevocationList(pem, new X509Certificate(certificatePem)) };
  } catch {
    return undefined; // Torn, or of an authority that is gone.
  }
}

function isUpToDate(list: RevocationList, noted: Revocation[], now: Date): boolean {
  const isOfNow = list.issuedAt <= now && !isDue(lifeOfList(list), now, RENEWED_AT);
  return isOfNow && noted.every(({ serial }) => list.revoked.has(serial));
}

/** What a list has told once stays on the next one, even if the note of it is gone. */
function withThoseOf(list: RevocationList | undefined, noted: Revocation[]): Revocation[] {
  const known = new Set(noted.map(({ serial }) => serial));
  const others = [...(list?.revoked ?? [])].filter(([serial]) => !known.has(serial));
  const kept = others.map(([serial, at]) => ({
    ...{ serial, whom: '', revokedAt: at.toISOString(), reason: 'unspecified' as const },
  }));
  return [...noted, ...kept];
}

/** The second of its making, or more: so numbers go up even where the list of before is lost. */
function numberAfter(before: RevocationList | undefined, now: Date): number {
  return Math.max((before?.number ?? 0) + 1, Math.floor(now.getTime() / 1000));
}
