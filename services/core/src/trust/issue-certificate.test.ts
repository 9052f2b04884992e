import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Authority, validFor } from './issue-certificate.js';

/** Not part of this project; without it, its part of the tests is skipped. */
const OPENSSL = 'openssl';
const NOW = new Date();
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const offices = Authority.create('Offices', validFor(3650, NOW));
const namesake = Authority.create('Offices', validFor(3650, NOW));
const request = {
  ...validFor(365, NOW),
  commonName: '文京区 Bunkyo',
  altNames: [
    { type: 6 as const, value: 'juki://municipality/131059' },
    { type: 2 as const, value: 'bunkyo' },
    { type: 7 as const, ip: '127.0.0.1' },
  ],
};
const office = offices.issue({ ...request, serves: true });
const operator = offices.issue({ ...request, serves: false });
const byOffice = new Authority(request.commonName, office.key, office.certificatePem).issue({
  ...request,
  serves: true,
});

describe('A certificate that an authority of the network issued', () => {
  const certificate = new X509Certificate(office.certificatePem);
  const authority = new X509Certificate(offices.certificatePem);

  it('is verified by the authority that issued it, and belongs to its key', () => {
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.checkIssued(authority)).toBe(true);
    expect(certificate.checkPrivateKey(office.key)).toBe(true);
    expect(certificate.ca).toBe(false);
  });

  it('is not verified by an authority of the same name with another key', () => {
    const other = new X509Certificate(namesake.certificatePem);
    expect(certificate.verify(other.publicKey)).toBe(false);
    expect(certificate.checkIssued(other)).toBe(false);
  });

  it('is no longer verified once a single byte of it is changed', () => {
    const der = Buffer.from(certificate.raw);
    const at = der.indexOf('131059');
    der.write('131041', at);
    expect(new X509Certificate(der).subjectAltName).toContain('131041');
    expect(new X509Certificate(der).verify(authority.publicKey)).toBe(false);
  });

  it('says whom it is for, in any script, and what it is called', () => {
    expect(certificate.subject).toBe('O=Juki Net\nCN=文京区 Bunkyo');
    expect(certificate.issuer).toBe('O=Juki Net\nCN=Offices');
    expect(certificate.subjectAltName).toBe('URI:juki://municipality/131059, DNS:bunkyo, IP Address:127.0.0.1');
  });

  it('lets an office serve and ask, and an operator only ask', () => {
    expect(certificate.keyUsage).toEqual([SERVER_AUTH, CLIENT_AUTH]);
    expect(new X509Certificate(operator.certificatePem).keyUsage).toEqual([CLIENT_AUTH]);
  });

  it('is good from an hour ago, for clocks that differ, until its days are over', () => {
    const from = certificate.validFromDate.getTime() - NOW.getTime();
    const to = certificate.validToDate.getTime() - NOW.getTime();
    expect(Math.abs(from + 3_600_000)).toBeLessThan(1_000);
    expect(Math.abs(to - 365 * 86_400_000)).toBeLessThan(1_000);
  });

  it('has a P-256 key and a serial number that no other has', () => {
    const issued = [certificate, ...Array.from({ length: 20 }, () => issue())];
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(new Set(issued.map((each) => each.serialNumber)).size).toBe(issued.length);
    expect(new Set(issued.map((each) => each.publicKey.export({ format: 'jwk' }).x)).size).toBe(issued.length);
  });

  it('may outlast the year 2050, where certificates write years with four digits', () => {
    const notAfter = new Date('2061-05-27T00:00:00Z');
    const { certificatePem } = offices.issue({ ...request, notAfter, serves: true });
    expect(new X509Certificate(certificatePem).validToDate).toEqual(notAfter);
  });
});

describe('The certificate of an authority', () => {
  const certificate = new X509Certificate(offices.certificatePem);

  it('is signed by its own key and may sign others', () => {
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(true);
    expect(certificate.subject).toBe(certificate.issuer);
  });
});

const hasOpenssl = spawnSync(OPENSSL, ['version']).status === 0;

(hasOpenssl ? describe : describe.skip)('OpenSSL, which knows nothing of this network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'juki-certificates-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const pems = { offices, namesake, office, operator, byOffice };
  for (const [name, { certificatePem }] of Object.entries(pems)) writeFileSync(join(folder, name), certificatePem);
  const verify = (...rest: string[]) => spawnSync(OPENSSL, ['verify', '-x509_strict', ...rest], { cwd: folder }).status;

  it('verifies the authority, the office and the operator, strictly', () => {
    expect(verify('-CAfile', 'offices', 'offices')).toBe(0);
    expect(verify('-CAfile', 'offices', '-purpose', 'sslserver', 'office')).toBe(0);
    expect(verify('-CAfile', 'offices', '-purpose', 'sslclient', 'office')).toBe(0);
    expect(verify('-CAfile', 'offices', '-purpose', 'sslclient', 'operator')).toBe(0);
  });

  it('refuses the office under an authority of the same name', () => {
    expect(verify('-CAfile', 'namesake', 'office')).not.toBe(0);
  });

  it('refuses an operator that serves', () => {
    expect(verify('-CAfile', 'offices', '-purpose', 'sslserver', 'operator')).not.toBe(0);
  });

  it('refuses what an office issued: offices are no authorities', () => {
    expect(verify('-CAfile', 'offices', '-untrusted', 'office', 'byOffice')).not.toBe(0);
  });
});

function issue(): X509Certificate {
  return new X509Certificate(offices.issue({ ...request, serves: true }).certificatePem);
}
