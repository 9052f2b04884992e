import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Authority, validFor } from './issue-certificate.js';
import { issueRevocationList, REVOCATION_REASONS, type RevocationReason } from './issue-revocation-list.js';
import { readRevocationList, serialOf } from './revocation-list.js';

/** Not part of this project; without it, its part of the tests is skipped, and the skipping printed. */
const OPENSSL = 'openssl';
const NOW = new Date('2026-11-23T04:00:00Z');
const DAY = 86_400_000;
const LIFE = { issuedAt: NOW, renewBy: new Date(NOW.getTime() + 7 * DAY) };
const offices = Authority.create('Offices', validFor(3650, NOW));
const namesake = Authority.create('Offices', validFor(3650, NOW));
const sameKey = Authority.withKey('Operators', offices.key, validFor(3650, NOW));
const authority = new X509Certificate(offices.certificatePem);

const revocation = (serial: string, reason: RevocationReason = 'unspecified') => ({ serial, revokedAt: NOW, reason });
const listOf = (...serials: string[]) =>
  issueRevocationList(offices, { number: 7, ...LIFE, revocations: serials.map((serial) => revocation(serial)) });

describe('A revocation list', () => {
  it('is read as it was written', () => {
    const revocations = [revocation('58AB', 'keyCompromise'), revocation('FF00'), revocation('1')];
    const list = readRevocationList(issueRevocationList(offices, { number: 300, ...LIFE, revocations }), authority);
    const revoked = new Map(revocations.map(({ serial }) => [serial, NOW]));
    expect(list).toEqual({ number: 300, ...LIFE, revoked, keyKept: new Set() });
  });

  it.each<[RevocationReason, boolean]>([
    ['unspecified', false],
    ['keyCompromise', false],
    ['affiliationChanged', true],
    ['superseded', true],
    ['cessationOfOperation', true],
    ['privilegeWithdrawn', false],
  ])('tells by the reason %s whether the key was its holder’s alone: %s', (reason, isKept) => {
    const revocations = [revocation('58AB', reason), revocation('FF00')];
    const list = readRevocationList(issueRevocationList(offices, { number: 1, ...LIFE, revocations }), authority);
    expect([...list.keyKept]).toEqual(isKept ? ['58AB'] : []);
  });

  it('may name any serial numbers, of any length and as many as there are', () => {
    const serial = fc.bigInt({ min: 1n, max: 2n ** 159n - 1n }).map((number) => number.toString(16).toUpperCase());
    fc.assert(
      fc.property(fc.uniqueArray(serial, { maxLength: 60 }), (serials) => {
        expect([...readRevocationList(listOf(...serials), authority).revoked.keys()]).toEqual(serials);
      }),
      { numRuns: 40 },
    );
  });

  it('may be of after the year 2050, where lists write years with four digits', () => {
    const life = { issuedAt: new Date('2049-12-30T00:00:00Z'), renewBy: new Date('2050-01-06T00:00:00Z') };
    expect(
      readRevocationList(issueRevocationList(offices, { number: 1, ...life, revocations: [] }), authority),
    ).toEqual({
      ...{ number: 1, ...life, revoked: new Map(), keyKept: new Set<string>() },
    });
  });

  it.each([
    ['of the same name with another key', namesake],
    ['of another name with the same key', sameKey],
  ])('is not one of an authority %s', (_what, other) => {
    const list = issueRevocationList(other, { number: 1, ...LIFE, revocations: [] });
    expect(() => readRevocationList(list, authority)).toThrow('did not sign');
  });

  it('is none once any byte of it is changed or the rest is missing', () => {
    const pem = listOf('58AB', 'FF00');
    const der = Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64');
    const pemOf = (bytes: Buffer) => `-----BEGIN X509 CRL-----\n${bytes.toString('base64')}\n-----END X509 CRL-----\n`;
    expect(readRevocationList(pemOf(der), authority).revoked.size).toBe(2);
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(der);
        changed.writeUInt8(changed.readUInt8(at) ^ by, at);
        expect(() => readRevocationList(pemOf(changed), authority)).toThrow();
        expect(() => readRevocationList(pemOf(der.subarray(0, at)), authority)).toThrow();
      }),
    );
  });

  it.each(['', 'garbage', offices.certificatePem])('is none where something else is in its place', (text) => {
    expect(() => readRevocationList(text, authority)).toThrow('not a revocation list');
  });
});

const hasOpenssl = spawnSync(OPENSSL, ['version']).status === 0;
if (!hasOpenssl) console.warn('skipped: what OpenSSL says of revocation lists; it is not installed here');

(hasOpenssl ? describe : describe.skip)('OpenSSL, which knows nothing of this network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'juki-lists-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const today = new Date();
  const issue = () =>
    offices.issue({ ...validFor(30, today), commonName: 'Bunkyo', altNames: [], serves: true }).certificatePem;
  const files: Record<string, string> = { offices: offices.certificatePem, good: issue(), bad: issue() };
  const serial = serialOf(new X509Certificate(files['bad'] ?? ''));
  const life = { issuedAt: validFor(7, today).notBefore, renewBy: validFor(7, today).notAfter };
  const reasons = Object.keys(REVOCATION_REASONS) as RevocationReason[];
  files['none'] = issueRevocationList(offices, { number: 1, ...life, revocations: [] });
  for (const reason of reasons) {
    const revocations = [{ serial, revokedAt: today, reason }];
    files[reason] = issueRevocationList(offices, { number: 2, ...life, revocations });
  }
  for (const [name, pem] of Object.entries(files)) writeFileSync(join(folder, name), pem);
  const openssl = (...rest: string[]) => spawnSync(OPENSSL, rest, { cwd: folder, encoding: 'utf8' });
  const verify = (list: string, certificate: string) =>
    openssl('verify', '-x509_strict', '-crl_check', '-CAfile', 'offices', '-CRLfile', list, certificate);

  it('verifies a list, and finds it to be the authority’s', () => {
    expect(openssl('crl', '-in', 'none', '-noout', '-CAfile', 'offices').stderr).toContain('verify OK');
  });

  it('takes what is on no list, and refuses what is, as revoked', () => {
    expect(verify('none', 'bad').status).toBe(0);
    expect(verify('keyCompromise', 'good').status).toBe(0);
    expect(verify('keyCompromise', 'bad').stderr).toContain('certificate revoked');
  });

  it.each(reasons)('reads the reason %s', (reason) => {
    const text = openssl('crl', '-in', reason, '-noout', '-text').stdout;
    expect(text).toContain(serial);
    const written = /CRL Reason Code:\s+(.*)/.exec(text)?.[1] ?? 'unspecified';
    expect(written.replaceAll(' ', '').toLowerCase()).toBe(reason.toLowerCase());
  });
});
