import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { callerUri } from '../domain/caller.js';
import type { Credentials } from './credentials.js';
import { Authority, type KeyAndCertificate, validFor } from './issue-certificate.js';
import { serialOf } from './revocation-list.js';
import { checkOffice, clientTls, makeSameListener, serverName, serverTls } from './tls.js';

const VALIDITY = validFor(1, new Date());
const [BUNKYO, KUNITACHI] = ['municipality/131059', 'municipality/132152'];
const offices = Authority.create('Offices', VALIDITY);
const operators = Authority.create('Operators', VALIDITY);
const agencies = Authority.create('Agencies', VALIDITY);
const bunkyo = issued(offices, callerUri({ kind: 'office', office: BUNKYO }));
const credentials: Credentials = {
  certificate: Buffer.from(bunkyo.certificatePem),
  key: Buffer.from(bunkyo.key.export({ type: 'pkcs8', format: 'pem' })),
  officesAuthority: Buffer.from(offices.certificatePem),
  authorities: [offices, operators, agencies].map(({ certificatePem }) => Buffer.from(certificatePem)),
  trusted: {
    offices: new X509Certificate(offices.certificatePem),
    operators: new X509Certificate(operators.certificatePem),
    agencies: new X509Certificate(agencies.certificatePem),
  },
  lists: { offices: listOf(), operators: listOf(), agencies: listOf() },
};

describe('The name that a connection asks for', () => {
  it.each([
    [BUNKYO, '131059.municipality.juki.internal'],
    ['prefecture/130001', '130001.prefecture.juki.internal'],
    ['national', 'national.juki.internal'],
  ])('is for %s %s', (office, name) => expect(serverName(office)).toBe(name));
});

describe('TLS between offices (CHANNEL)', () => {
  it('is version 1.3 and nothing below it, at both ends', () => {
    expect(serverTls(credentials).minVersion).toBe('TLSv1.3');
    expect(clientTls(credentials).minVersion).toBe('TLSv1.3');
  });

  it('lets callers of all three authorities in, and asks none but an office', () => {
    expect(serverTls(credentials).ca).toEqual(credentials.authorities);
    expect(clientTls(credentials).ca).toEqual(credentials.officesAuthority);
  });
});

describe('The other end of a connection to an office', () => {
  const check = checkOffice(credentials);

  it('is accepted where its certificate names the office that was asked for', () => {
    expect(check(serverName(BUNKYO), peer(bunkyo))).toBeUndefined();
  });

  it('is refused where its certificate names another office, though its hosts name the right one', () => {
    const other = issued(offices, callerUri({ kind: 'office', office: KUNITACHI }), serverName(BUNKYO));
    expect(check(serverName(BUNKYO), peer(other))).toBeInstanceOf(Error);
  });

  it('is refused where it is an operator of that office', () => {
    const operator = issued(operators, callerUri({ kind: 'operator', office: BUNKYO, name: 'counter-1' }));
    expect(check(serverName(BUNKYO), peer(operator))).toBeInstanceOf(Error);
  });

  it('is refused where another authority named it', () => {
    const stranger = issued(agencies, callerUri({ kind: 'office', office: BUNKYO }));
    expect(check(serverName(BUNKYO), peer(stranger))).toBeInstanceOf(Error);
  });

  it('is refused where its certificate was revoked, and told so; it is not where an operator’s of that number was', () => {
    const serial = serialOf(new X509Certificate(bunkyo.certificatePem));
    const revoking = (kind: 'offices' | 'operators') =>
      checkOffice({ ...credentials, lists: { ...credentials.lists, [kind]: listOf(serial) } });
    expect(revoking('offices')(serverName(BUNKYO), peer(bunkyo))?.message).toMatch(/has been revoked/);
    expect(revoking('operators')(serverName(BUNKYO), peer(bunkyo))).toBeUndefined();
  });

  it('is refused where a host was asked for instead of an office', () => {
    expect(check('localhost', peer(bunkyo))).toBeInstanceOf(Error);
    expect(check('', peer(bunkyo))).toBeInstanceOf(Error);
  });
});

describe('A listener', () => {
  it('is another with another certificate, key or authority, and the same with other lists', () => {
    const other = Buffer.from('other');
    expect(makeSameListener(credentials, { ...credentials, certificate: other })).toBe(false);
    expect(makeSameListener(credentials, { ...credentials, key: other })).toBe(false);
    expect(makeSameListener(credentials, { ...credentials, authorities: [other] })).toBe(false);
    expect(
      makeSameListener(credentials, { ...credentials, lists: { ...credentials.lists, offices: listOf('1') } }),
    ).toBe(true);
  });
});

function listOf(...serials: string[]) {
  const now = new Date();
  return {
    number: 1,
    issuedAt: now,
    renewBy: now,
    revoked: new Map(serials.map((serial) => [serial, now])),
    keyKept: new Set<string>(),
  };
}

function issued(authority: Authority, uri: string, host = 'localhost'): KeyAndCertificate {
  const altNames = [{ type: 6 as const, value: uri }, ...[host].map((value) => ({ type: 2 as const, value }))];
  return authority.issue({ ...VALIDITY, commonName: 'Bunkyo', altNames, serves: true });
}

function peer({ certificatePem }: KeyAndCertificate): PeerCertificate {
  return { raw: new X509Certificate(certificatePem).raw } as PeerCertificate;
}
