import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Authority } from './issue-certificate.js';
import { serialOf } from './revocation-list.js';
import { standingOf } from './validity.js';

const BEGIN = new Date('2026-11-01T00:00:00Z');
const DAY = 86_400_000;
const onDay = (days: number) => new Date(BEGIN.getTime() + days * DAY);
const lasting = (days: number) => ({ notBefore: BEGIN, notAfter: onDay(days) });
const authority = Authority.create('Offices', lasting(3650));
const trustedAs = new X509Certificate(authority.certificatePem);
const own = new X509Certificate(
  authority.issue({ ...lasting(30), commonName: 'Bunkyo', altNames: [], serves: true }).certificatePem,
);

function standingOn(day: number, { listDays = 3650, revoked = '' } = {}) {
  const list = {
    number: 1,
    issuedAt: BEGIN,
    renewBy: onDay(listDays),
    revoked: new Map([[revoked, BEGIN]]),
    keyKept: new Set<string>(),
  };
  const credentials = {
    ...{ certificate: Buffer.alloc(0), key: Buffer.alloc(0), officesAuthority: Buffer.alloc(0), authorities: [] },
    trusted: { offices: trustedAs, operators: trustedAs, agencies: trustedAs },
    lists: { offices: list, operators: list, agencies: list },
  };
  return standingOf(credentials, own, onDay(day));
}

describe('The standing of an office’s credentials', () => {
  it('tells the days that the certificate goes on, and the age of each list', () => {
    const { certificate, revocationLists } = standingOn(10.5);
    expect(certificate).toEqual({ endsAt: '2026-12-01T00:00:00.000Z', daysLeft: 19 });
    expect(revocationLists.operators).toEqual({
      ...{ number: 1, issuedAt: BEGIN.toISOString(), ageHours: 252, revoked: 1 },
      ...{ renewBy: onDay(3650).toISOString(), daysLeft: 3639 },
    });
  });

  it('has no warning while more than a third of the certificate’s life is left, and one from then on', () => {
    expect(standingOn(19.9).warnings).toEqual([]);
    expect(standingOn(20.1).warnings).toEqual([
      "this office's certificate ends in 9 days and has not been renewed: npm run certs",
    ]);
  });

  it('names the end of the certificate, or the clock', () => {
    expect(standingOn(31).warnings).toEqual([expect.stringMatching(/expired on 2026-12-01, or this machine's clock/)]);
    const before = standingOn(-1).warnings;
    expect(before).toHaveLength(7);
    for (const warning of before) expect(warning).toContain("is this machine's clock right?");
  });

  it('names the list that nears its end, and the one that has lapsed, for each authority', () => {
    expect(standingOn(4.6, { listDays: 7 }).warnings).toEqual([]);
    expect(standingOn(5, { listDays: 7 }).warnings).toEqual(
      ['offices', 'operators', 'agencies'].map((kind) =>
        expect.stringContaining(`the revocation list for ${kind} lapses in 2 days`),
      ),
    );
    expect(standingOn(9, { listDays: 7 }).warnings[0]).toMatch(/for offices lapsed on 2026-11-08, 2 days ago/);
  });

  it('says that the office’s own certificate was revoked', () => {
    expect(standingOn(1, { revoked: serialOf(own) }).warnings).toEqual([
      "this office's certificate was revoked on 2026-11-01: other offices refuse it",
    ]);
  });
});
