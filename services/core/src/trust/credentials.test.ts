import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FILE, loadCredentials, officeFolder, operatorFolder } from './credentials.js';
import { Authority, validFor } from './issue-certificate.js';

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
