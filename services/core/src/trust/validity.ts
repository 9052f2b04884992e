import type { X509Certificate } from 'node:crypto';
import type { Credentials } from './credentials.js';
import { type RevocationList, type RevocationLists, serialOf } from './revocation-list.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** What has less than this of its life left should have been renewed. */
const LAST_PART = 1 / 3;

/** How long what an office shows and believes goes on, for its operators. */
export interface CredentialsStanding {
  certificate: { endsAt: string; daysLeft: number };
  /** By the authority whose list it is. */
  revocationLists: Record<keyof RevocationLists, ListStanding>;
  /** What is to be done something about, in words. */
  warnings: string[];
}

interface ListStanding {
  number: number;
  issuedAt: string;
  renewBy: string;
  /** In whole days, as those of the certificate; below 0 once it is stale. */
  daysLeft: number;
  ageHours: number;
  revoked: number;
}

/** From when to when something is good. */
interface Life {
  from: Date;
  to: Date;
}

/** Whether something that is renewed in time should have been by now. */
export function isDue({ from, to }: Life, now: Date, lastPart = LAST_PART): boolean {
  return to.getTime() - now.getTime() < lastPart * (to.getTime() - from.getTime());
}

export function lifeOf({ validFromDate: from, validToDate: to }: X509Certificate): Life {
  return { from, to };
}

export function lifeOfList({ issuedAt: from, renewBy: to }: RevocationList): Life {
  return { from, to };
}

/** The standing of credentials whose certificate is `own`. */
export function standingOf({ lists, trusted }: Credentials, own: X509Certificate, now: Date): CredentialsStanding {
  const kinds = Object.keys(lists) as (keyof RevocationLists)[];
  return {
    certificate: { endsAt: own.validToDate.toISOString(), daysLeft: daysBetween(now, own.validToDate) },
    revocationLists: {
      offices: listStanding(lists.offices, now),
      operators: listStanding(lists.operators, now),
      agencies: listStanding(lists.agencies, now),
    },
    warnings: [
      ...warningsOfCertificate(own, lists, now),
      ...kinds.flatMap((kind) => warningsOfList(kind, lists[kind], now)),
      ...kinds.flatMap((kind) => warningsOfAuthority(kind, trusted[kind], now)),
    ],
  };
}

function listStanding({ number, issuedAt, renewBy, revoked }: RevocationList, now: Date): ListStanding {
  return {
    number,
    issuedAt: issuedAt.toISOString(),
    renewBy: renewBy.toISOString(),
    daysLeft: daysBetween(now, renewBy),
    ageHours: Math.floor((now.getTime() - issuedAt.getTime()) / HOUR),
    revoked: revoked.size,
  };
}

function warningsOfCertificate(own: X509Certificate, { offices }: RevocationLists, now: Date): string[] {
  const life = lifeOf(own);
  const revokedOn = offices.revoked.get(serialOf(own));
  const revoked = revokedOn
    ? [`this office's certificate was revoked on ${day(revokedOn)}: other offices refuse it`]
    : [];
  const end = endOf(life, now, {
    early: `this office's certificate begins on ${day(life.from)}: is this machine's clock right?`,
    late: `this office's certificate expired on ${day(life.to)}, or this machine's clock is ahead: others hang up on it`,
    soon: `this office's certificate ends in ${daysBetween(now, life.to)} days and has not been renewed: npm run certs`,
  });
  return [...revoked, ...end];
}

function warningsOfList(kind: keyof RevocationLists, list: RevocationList, now: Date): string[] {
  const [what, life] = [`the revocation list for ${kind}`, lifeOfList(list)];
  return endOf(life, now, {
    early: `${what} is of ${life.from.toISOString()}, which is yet to come: is this machine's clock right?`,
    late:
      `${what} lapsed on ${day(life.to)}, ${daysBetween(life.to, now)} days ago, or this machine's clock is ahead: ` +
      'it goes on counting, but what was revoked since is not known here: npm run certs',
    soon: `${what} lapses in ${daysBetween(now, life.to)} days and has not been renewed: npm run certs`,
  });
}

function warningsOfAuthority(kind: keyof RevocationLists, authority: X509Certificate, now: Date): string[] {
  const [what, life] = [`the authority for ${kind}`, lifeOf(authority)];
  return endOf(life, now, {
    early: `${what} begins on ${day(life.from)}: is this machine's clock right?`,
    late: `${what} expired on ${day(life.to)}, or this machine's clock is ahead: nobody whom it named is let in`,
    soon: `${what} ends in ${daysBetween(now, life.to)} days and has not been renewed: npm run certs`,
  });
}

function endOf(life: Life, now: Date, words: { early: string; late: string; soon: string }): string[] {
  if (life.from > now) return [words.early];
  if (life.to < now) return [words.late];
  return isDue(life, now) ? [words.soon] : [];
}

function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY);
}

function day(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
