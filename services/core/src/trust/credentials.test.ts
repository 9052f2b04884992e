import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, callerUri } from '../domain/caller.js';
import { checkOwnCertificate, FILE, loadCredentials, officeFolder, operatorFolder } from './credentials.js';
import { Authority, validFor } from './issue-certificate.js';
import { issueRevocationList } from './issue-revocation-list.js';
import { serialOf } from './revocation-list.js';

const VALIDITY = validFor(1, new Date());

describe('The credentials of an office', () => {
  const certs = mkdtempSync(join(tmpdir(), 'juki-credentials-'));
  const folder = officeFolder(certs, 'municipality/131059');
  const [offices, operators, agencies] = ['Offices', 'Operators', 'Agencies'].map((name) =>
    Authority.create(name, VALIDITY),
  ) as [Authority, Authority, Authority];
  const files = {
    [FILE.certificate]: 'the certificate',
    [FILE.key]: 'the key',
    [FILE.offices]: offices.certificatePem,
    [FILE.operators]: operators.certificatePem,
    [FILE.agencies]: agencies.certificatePem,
    [FILE.officesList]: listOf(offices, 1),
    [FILE.operatorsList]: listOf(operators, 2),
    [FILE.agenciesList]: listOf(agencies, 3),
  };
  const write = () => {
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  };

  beforeAll(write);
  afterAll(() => rmSync(certs, { recursive: true, force: true }));

  it('are its certificate, its key, and the three authorities that it trusts', () => {
    const loaded = loadCredentials(folder);
    expect(loaded.certificate.toString()).toBe('the certificate');
    expect(loaded.key.toString()).toBe('the key');
    expect(loaded.officesAuthority.toString()).toBe(offices.certificatePem);
    expect(loaded.authorities.map(String)).toEqual([offices, operators, agencies].map((each) => each.certificatePem));
  });

  it('keep the authorities apart, each for its kind of caller', () => {
    const { trusted } = loadCredentials(folder);
    expect([trusted.offices, trusted.operators, trusted.agencies].map((each) => each.subject)).toEqual([
      'O=Juki Net\nCN=Offices',
      'O=Juki Net\nCN=Operators',
      'O=Juki Net\nCN=Agencies',
    ]);
  });

  it('hold what each authority took back, in a list of its own', () => {
    const { lists } = loadCredentials(folder);
    expect([lists.offices, lists.operators, lists.agencies].map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it.each([
    ['another authority’s', () => listOf(operators, 1), 'is not signed by its authority'],
    ['torn', () => listOf(offices, 1).slice(0, 200), 'is torn'],
    ['empty', () => '', 'is torn'],
  ])('can not be loaded with a list that is %s', (_what, pem, why) => {
    writeFileSync(join(folder, FILE.officesList), pem());
    expect(() => loadCredentials(folder)).toThrow(new RegExp(`${FILE.officesList} ${why}`));
    write();
  });

  it('can not be loaded with a key that is not the certificate’s', () => {
    const issued = () => offices.issue({ ...VALIDITY, commonName: 'Bunkyo', altNames: [], serves: true });
    const [one, other] = [issued(), issued()];
    writeFileSync(join(folder, FILE.certificate), one.certificatePem);
    const load = ({ key }: typeof one) => {
      writeFileSync(join(folder, FILE.key), key.export({ type: 'pkcs8', format: 'pem' }));
      return loadCredentials(folder);
    };
    expect(load(one).certificate.toString()).toBe(one.certificatePem);
    expect(() => load(other)).toThrow('do not belong together');
    write();
  });

  it.each(Object.values(FILE))('can not be loaded without %s: no office starts half trusted', (name) => {
    rmSync(join(folder, name));
    expect(() => loadCredentials(folder)).toThrow(name);
    write();
  });

  it('lie in a folder of the office, and those of its operators in one of their own', () => {
    expect(officeFolder('certs', 'municipality/131059')).toBe('certs/municipality-131059');
    expect(officeFolder('certs', 'national')).toBe('certs/national');
    expect(operatorFolder('certs', 'municipality/131059', 'counter-1')).toBe(
      'certs/operators/municipality-131059/counter-1',
    );
  });
});

describe('An office that is about to start with the credentials it was given', () => {
  const NOW = new Date();
  const DAYS = 86_400_000;
  const BUNKYO: Caller = { kind: 'office', office: 'municipality/131059' };
  const authority = Authority.create('Everything', VALIDITY);
  const own = new X509Certificate(authority.certificatePem);
  const issue = (caller: Caller) => {
    const altNames = [{ type: 6 as const, value: callerUri(caller) }];
    return authority.issue({ ...validFor(1, NOW), commonName: 'Bunkyo', altNames, serves: true });
  };
  interface Given {
    now?: Date;
    trusted?: X509Certificate;
    given?: ReturnType<typeof issue>;
    /** Whose key lies beside the certificate. */
    other?: ReturnType<typeof issue>;
    /** A serial number. */
    revoked?: string;
  }
  const start = (caller: Caller, { now = NOW, trusted = own, revoked = '', ...rest }: Given = {}) => {
    const { given = issue(caller) } = rest;
    const { other = given } = rest;
    const list = {
      number: 1,
      issuedAt: NOW,
      renewBy: NOW,
      revoked: new Map([[revoked, NOW]]),
      keyKept: new Set<string>(),
    };
    const credentials = {
      ...{ certificate: Buffer.from(given.certificatePem), officesAuthority: Buffer.alloc(0), authorities: [] },
      key: Buffer.from(other.key.export({ type: 'pkcs8', format: 'pem' })),
      trusted: { offices: trusted, operators: trusted, agencies: trusted },
      lists: { offices: list, operators: list, agencies: list },
    };
    return () => checkOwnCertificate(credentials, 'municipality/131059', now);
  };

  it('starts where its certificate names it and is valid', () => {
    expect(start(BUNKYO)).not.toThrow();
  });

  it('does not start as somebody else: another office, or one of its operators', () => {
    const message = 'does not name municipality/131059';
    expect(start({ kind: 'office', office: 'municipality/132152' })).toThrow(message);
    expect(start({ kind: 'operator', office: 'municipality/131059', name: 'counter-1' })).toThrow(message);
  });

  it('does not start with a certificate that its own authority did not issue', () => {
    const other = new X509Certificate(Authority.create('Everything', VALIDITY).certificatePem);
    expect(start(BUNKYO, { trusted: other })).toThrow('does not name municipality/131059');
  });

  it('does not start when its certificate has expired, nor before it begins', () => {
    expect(start(BUNKYO, { now: new Date(NOW.getTime() + 2 * DAYS) })).toThrow('expired');
    expect(start(BUNKYO, { now: new Date(NOW.getTime() - DAYS) })).toThrow('begins');
  });

  it('does not start with the key of another certificate', () => {
    expect(start(BUNKYO, { other: issue(BUNKYO) })).toThrow('do not belong together');
  });

  it('does not start once its certificate was revoked, and says when and what to do', () => {
    const given = issue(BUNKYO);
    const revoked = serialOf(new X509Certificate(given.certificatePem));
    const message = `revoked on ${NOW.toISOString().slice(0, 10)}: npm run certs -- --reissue municipality/131059`;
    expect(start(BUNKYO, { given, revoked })).toThrow(message);
    expect(start(BUNKYO, { revoked })).not.toThrow();
  });
});

function listOf(authority: Authority, number: number): string {
  const { notBefore: issuedAt, notAfter: renewBy } = VALIDITY;
  return issueRevocationList(authority, { number, issuedAt, renewBy, revocations: [] });
}
