import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../domain/caller.js';
import { Authority, validFor } from './issue-certificate.js';
import { callerOfCertificate, urisOf } from './peer-identity.js';

type AltNames = Parameters<Authority['issue']>[0]['altNames'];

const VALIDITY = validFor(1, new Date());
const offices = Authority.create('Offices', VALIDITY);
const operators = Authority.create('Operators', VALIDITY);
const agencies = Authority.create('Agencies', VALIDITY);
/** The same name as the offices' authority, and another key. */
const impostor = Authority.create('Offices', VALIDITY);
const trusted = {
  offices: new X509Certificate(offices.certificatePem),
  operators: new X509Certificate(operators.certificatePem),
  agencies: new X509Certificate(agencies.certificatePem),
};

const BUNKYO = 'juki://municipality/131059';
const COUNTER = 'juki://municipality/131059/operator/counter-1';
const AGENCY = 'juki://agency/japan-pension-service';
const uri = (value: string) => ({ type: 6 as const, value });
const dns = (value: string) => ({ type: 2 as const, value });

describe('A certificate names a caller', () => {
  it.each([
    ['an office, issued by the authority for offices', offices, BUNKYO],
    ['an operator, issued by the authority for operators', operators, COUNTER],
    ['an agency, issued by the authority for agencies', agencies, AGENCY],
  ])('when it is that of %s', (_whose, authority, name) => {
    expect(callerIn(authority, [uri(name)])).toEqual(callerNamed(name));
  });

  it('when hosts and addresses stand beside its one URI: they play no part', () => {
    const hosts = [dns('131059.municipality.juki.internal'), dns('localhost'), { type: 7 as const, ip: '127.0.0.1' }];
    expect(callerIn(offices, [...hosts, uri(BUNKYO)])).toEqual(callerNamed(BUNKYO));
  });
});

describe('A certificate names nobody', () => {
  it.each([
    ['an operator, issued by the authority for offices', offices, COUNTER],
    ['an agency, issued by the authority for offices', offices, AGENCY],
    ['an office, issued by the authority for operators', operators, BUNKYO],
    ['an office, issued by the authority for agencies', agencies, BUNKYO],
    ['an office, issued by an authority of the same name with another key', impostor, BUNKYO],
    ['an office with a wrong check digit', offices, 'juki://municipality/131050'],
    ['a host with an https address', offices, 'https://municipality/131059'],
  ])('when it is that of %s', (_whose, authority, name) => {
    expect(callerIn(authority, [uri(name)])).toBeUndefined();
  });

  it('when it has no alternative name, whatever its subject says', () => {
    const { certificatePem } = offices.issue({ ...VALIDITY, commonName: BUNKYO, altNames: [], serves: true });
    expect(callerOfCertificate(new X509Certificate(certificatePem), trusted)).toBeUndefined();
  });

  it('when it has hosts alone', () => {
    expect(callerIn(offices, [dns('131059.municipality.juki.internal')])).toBeUndefined();
  });

  it('when it has two URIs, whichever comes first', () => {
    expect(callerIn(offices, [uri(BUNKYO), uri('juki://municipality/132152')])).toBeUndefined();
    expect(callerIn(offices, [uri('https://bunkyo.example'), uri(BUNKYO)])).toBeUndefined();
    expect(callerIn(offices, [uri(BUNKYO), uri(BUNKYO)])).toBeUndefined();
  });

  it('when it is the certificate of an authority', () => {
    expect(callerOfCertificate(trusted.offices, trusted)).toBeUndefined();
  });

  it('when another office issued it with its own key', () => {
    const { key, certificatePem } = offices.issue({ ...VALIDITY, commonName: 'B', altNames: [], serves: true });
    expect(callerIn(new Authority('B', key, certificatePem), [uri('juki://national')])).toBeUndefined();
  });
});

describe('An identity can not be smuggled into another entry of the alternative names', () => {
  const SMUGGLED = [
    `x, URI:${BUNKYO}`,
    `x", URI:${BUNKYO}, "`,
    `x\\", URI:${BUNKYO}`,
    `x', URI:${BUNKYO}`,
    `x\n, URI:${BUNKYO}`,
    `x\0, URI:${BUNKYO}`,
    `"URI:${BUNKYO}"`,
  ];

  it.each(SMUGGLED)('by the host %j', (value) => {
    expect(callerIn(offices, [dns(value)])).toBeUndefined();
    expect(callerIn(offices, [dns('bunkyo'), dns(value), dns('localhost')])).toBeUndefined();
  });

  it.each(SMUGGLED)('by the host %j beside a URI of its own, which alone counts', (value) => {
    const kunitachi = 'juki://municipality/132152';
    expect(callerIn(offices, [dns(value), uri(kunitachi)])).toEqual(callerNamed(kunitachi));
  });

  it.each([`https://x, URI:${BUNKYO}`, `${BUNKYO}, URI:https://x`, `"${BUNKYO}"`, `${BUNKYO}\0.example`])(
    'by the URI %j',
    (value) => expect(callerIn(offices, [uri(value)])).toBeUndefined(),
  );

  it('because the entries are told apart where Node quotes them', () => {
    expect(urisOf(`DNS:a, URI:${BUNKYO}, IP Address:127.0.0.1`)).toEqual([BUNKYO]);
    expect(urisOf(`DNS:"a, URI:${BUNKYO}", URI:b`)).toEqual(['b']);
    expect(urisOf(`DNS:"a\\", URI:${BUNKYO}", URI:b`)).toEqual(['b']);
    expect(urisOf('')).toEqual([]);
  });
});

function callerIn(authority: Authority, altNames: AltNames): Caller | undefined {
  const { certificatePem } = authority.issue({ ...VALIDITY, commonName: 'Bunkyo', altNames, serves: true });
  return callerOfCertificate(new X509Certificate(certificatePem), trusted);
}

function callerNamed(name: string): Caller {
  if (name === AGENCY) return { kind: 'agency', name: 'japan-pension-service' };
  if (name === COUNTER) return { kind: 'operator', office: 'municipality/131059', name: 'counter-1' };
  return { kind: 'office', office: name.replace('juki://', '') };
}
