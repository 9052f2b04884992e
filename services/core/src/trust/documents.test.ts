import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DocumentSeal, type Seal, sealedBy, vouchedBy } from './documents.js';
import { Authority, validFor } from './issue-certificate.js';
import { issueRevocationList, REVOCATION_REASONS, type RevocationReason } from './issue-revocation-list.js';
import { readRevocationList, serialOf } from './revocation-list.js';

const NOW = new Date();
const DAY = 86_400_000;
const VALIDITY = validFor(1, NOW);
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

const BUNKYO = 'municipality/131059';
const PAPER = Buffer.from('転出証明書');

const issue = (authority: Authority, name: string, validity = VALIDITY) =>
  authority.issue({ ...validity, commonName: 'test', altNames: [{ type: 6, value: `juki://${name}` }], serves: true });

function pairOf({ key, certificatePem }: ReturnType<typeof issue>) {
  const pem = Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }).toString());
  return { key: pem, certificate: Buffer.from(certificatePem) };
}

function sealOf(issued: ReturnType<typeof issue>, bytes: Uint8Array = PAPER): Seal {
  return new DocumentSeal(pairOf(issued)).seal(bytes);
}

const bunkyo = issue(offices, BUNKYO);
const sealed = sealOf(bunkyo);

describe('A sealed document', () => {
  it.each([BUNKYO, 'municipality/132152', 'prefecture/130001', 'national'])(
    'is that of the office that sealed it: %s',
    (name) => {
      expect(sealedBy(PAPER, sealOf(issue(offices, name)), trusted)).toBe(name);
    },
  );

  it('carries 64 bytes of signature and the certificate itself', () => {
    expect(sealed.signature).toHaveLength(64);
    expect(new X509Certificate(sealed.certificate).subjectAltName).toBe(`URI:juki://${BUNKYO}`);
  });

  it('may hold any bytes, none at all among them', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (bytes) => sealedBy(bytes, sealOf(bunkyo, bytes), trusted) === BUNKYO,
      ),
      { numRuns: 30 },
    );
    expect(sealedBy(Buffer.alloc(0), sealOf(bunkyo, Buffer.alloc(0)), trusted)).toBe(BUNKYO);
  });

  it('stays good once the certificate that sealed it has expired: papers outlast certificates', () => {
    const past = { notBefore: new Date(NOW.getTime() - 3 * DAY), notAfter: new Date(NOW.getTime() - DAY) };
    expect(sealedBy(PAPER, sealOf(issue(offices, BUNKYO, past)), trusted)).toBe(BUNKYO);
  });
});

describe('An office whose certificate is renewed', () => {
  it('seals with the new key and certificate from then on', () => {
    const renewed = issue(offices, BUNKYO);
    const inUse = pairOf(bunkyo);
    const seal = new DocumentSeal(inUse);
    const before = seal.seal(PAPER);
    Object.assign(inUse, pairOf(renewed));
    const after = seal.seal(PAPER);
    const serials = [before, after].map(({ certificate }) => new X509Certificate(certificate).serialNumber);
    expect(serials).toEqual([bunkyo, renewed].map((one) => new X509Certificate(one.certificatePem).serialNumber));
    expect([before, after].map((one) => sealedBy(PAPER, one, trusted))).toEqual([BUNKYO, BUNKYO]);
  });
});

describe('A document whose certificate was revoked', () => {
  const revokedFor = (reason: RevocationReason, { certificatePem } = bunkyo) => {
    const revocations = [{ serial: serialOf(new X509Certificate(certificatePem)), revokedAt: NOW, reason }];
    const life = { number: 1, issuedAt: NOW, renewBy: new Date(NOW.getTime() + DAY) };
    return { offices: readRevocationList(issueRevocationList(offices, { ...life, revocations }), trusted.offices) };
  };
  const KEPT: RevocationReason[] = ['affiliationChanged', 'superseded', 'cessationOfOperation'];

  it.each((Object.keys(REVOCATION_REASONS) as RevocationReason[]).map((reason) => ({ reason })))(
    'for $reason is the office’s only where nobody else had the key',
    ({ reason }) => {
      const office = vouchedBy(PAPER, sealed, { trusted, lists: revokedFor(reason) });
      expect(office).toBe(KEPT.includes(reason) ? BUNKYO : undefined);
    },
  );

  it('is the office’s where another of its certificates was revoked', () => {
    const lists = revokedFor('keyCompromise', issue(offices, BUNKYO));
    expect(vouchedBy(PAPER, sealed, { trusted, lists })).toBe(BUNKYO);
  });

  it('is nobody’s where no office sealed it, whatever the list says', () => {
    const lists = revokedFor('superseded');
    expect(vouchedBy(PAPER, sealOf(issue(operators, BUNKYO)), { trusted, lists })).toBeUndefined();
    expect(vouchedBy(PAPER, { ...sealed, certificate: Buffer.from('x') }, { trusted, lists })).toBeUndefined();
  });
});

describe("A document is nobody's", () => {
  it('once any bit of it is changed', () => {
    fc.assert(
      fc.property(fc.nat(PAPER.length - 1), fc.nat(7), (at, bit) => {
        expect(sealedBy(flipped(PAPER, at, bit), sealed, trusted)).toBeUndefined();
      }),
    );
  });

  it('once a byte is added or taken away', () => {
    expect(sealedBy(Buffer.concat([PAPER, Buffer.of(0)]), sealed, trusted)).toBeUndefined();
    expect(sealedBy(PAPER.subarray(0, -1), sealed, trusted)).toBeUndefined();
  });

  it('once any bit of its signature is changed', () => {
    fc.assert(
      fc.property(fc.nat(63), fc.nat(7), (at, bit) => {
        const seal = { ...sealed, signature: flipped(sealed.signature, at, bit) };
        expect(sealedBy(PAPER, seal, trusted)).toBeUndefined();
      }),
    );
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['too short', sealed.signature.subarray(0, 63)],
    ['too long', Buffer.concat([sealed.signature, Buffer.of(0)])],
    ['of zeros', Buffer.alloc(64)],
    ['in the other encoding', sign('sha256', PAPER, { key: bunkyo.key, dsaEncoding: 'der' })],
  ])('where its signature is %s', (_what, signature) => {
    expect(sealedBy(PAPER, { ...sealed, signature }, trusted)).toBeUndefined();
  });

  it.each([
    ['an operator of the office', operators, `${BUNKYO}/operator/counter-1`],
    ['an agency', agencies, 'agency/japan-pension-service'],
    ['an office, issued by the authority for operators', operators, BUNKYO],
    ['an office, issued by an authority of the same name with another key', impostor, BUNKYO],
    ['an office with a wrong check digit', offices, 'municipality/131050'],
  ])('where the certificate that seals it is that of %s', (_whose, authority, name) => {
    expect(sealedBy(PAPER, sealOf(issue(authority, name)), trusted)).toBeUndefined();
  });

  it('where the certificate is that of the authority itself', () => {
    const seal = sealOf({ key: offices.key, certificatePem: offices.certificatePem });
    expect(sealedBy(PAPER, seal, trusted)).toBeUndefined();
  });

  it("where it carries an office's certificate, and another key signed it", () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signature = sign('sha256', PAPER, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    expect(sealedBy(PAPER, { ...sealed, signature }, trusted)).toBeUndefined();
  });

  it("where it carries another office's certificate than the one whose key signed it", () => {
    const { certificate } = sealOf(issue(offices, 'municipality/132152'));
    expect(sealedBy(PAPER, { ...sealed, certificate }, trusted)).toBeUndefined();
  });

  it('where its certificate was changed to name another office', () => {
    const certificate = Buffer.from(sealed.certificate);
    certificate.write('131041', certificate.indexOf('131059'));
    expect(sealedBy(PAPER, { ...sealed, certificate }, trusted)).toBeUndefined();
  });

  it('where its certificate is no certificate, without an error', () => {
    for (const certificate of [Buffer.alloc(0), Buffer.from('garbage'), sealed.certificate.subarray(0, 100)])
      expect(sealedBy(PAPER, { ...sealed, certificate }, trusted)).toBeUndefined();
  });
});

function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
  return changed;
}
