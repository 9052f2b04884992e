import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import forge from 'node-forge';

const { asn1, pki } = forge;
const { Type } = asn1;
const UNIVERSAL = asn1.Class.UNIVERSAL;
const DAY = 86_400_000;
const CLOCK_SKEW = 3_600_000;
const SUBJECT_KEY_IDENTIFIER = '2.5.29.14';
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';

interface CertificateRequest {
  commonName: string;
  /** The alternative names, as node-forge numbers them: 2 is a DNS name, 6 a URI, 7 an IP address. */
  altNames: { type: 2 | 6 | 7; value?: string; ip?: string }[];
  notBefore: Date;
  notAfter: Date;
  /** Offices serve and ask; operators and agencies only ask. */
  serves: boolean;
}

export interface KeyAndCertificate {
  key: KeyObject;
  certificatePem: string;
}

/** A certification authority of this network: a P-256 key and its self-signed certificate. */
export class Authority {
  readonly commonName: string;
  readonly key: KeyObject;
  readonly certificatePem: string;

  constructor(commonName: string, key: KeyObject, certificatePem: string) {
    this.commonName = commonName;
    this.key = key;
    this.certificatePem = certificatePem;
  }

  static create(commonName: string, validity: { notBefore: Date; notAfter: Date }): Authority {
    return Authority.withKey(commonName, newKeyPair().privateKey, validity);
  }

  /** Whatever was issued with this key before is issued by this authority: so it is renewed without renewing the rest. */
  static withKey(commonName: string, privateKey: KeyObject, validity: { notBefore: Date; notAfter: Date }): Authority {
    const extensions = [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      subjectKeyIdentifier(privateKey),
    ];
    const names = { subject: commonName, issuer: commonName };
    const pem = build({ ...validity, ...names, key: privateKey, issuerKey: privateKey, extensions });
    return new Authority(commonName, privateKey, pem);
  }

  issue(request: CertificateRequest): KeyAndCertificate {
    const { privateKey: key } = newKeyPair();
    return { key, certificatePem: this.certify(key, request) };
  }

  /** A certificate for a key that somebody has already, private or public. @returns PEM */
  certify(key: KeyObject, request: CertificateRequest): string {
    const extensions = [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: request.serves, clientAuth: true },
      subjectKeyIdentifier(key),
      { name: 'authorityKeyIdentifier', keyIdentifier: keyIdOf(this.key) },
      ...(request.altNames.length > 0 ? [{ name: 'subjectAltName', altNames: request.altNames }] : []),
    ];
    const { notBefore, notAfter, commonName: subject } = request;
    const names = { subject, issuer: this.commonName };
    return build({ notBefore, notAfter, ...names, key, issuerKey: this.key, extensions });
  }
}

/** From an hour ago, for machines whose clocks differ, for so many days. */
export function validFor(days: number, now: Date): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now.getTime() - CLOCK_SKEW), notAfter: new Date(now.getTime() + days * DAY) };
}

interface Structure {
  subject: string;
  issuer: string;
  key: KeyObject;
  issuerKey: KeyObject;
  notBefore: Date;
  notAfter: Date;
  extensions: object[];
}

/** A part of node-forge that its types leave out. */
interface TbsBuilder {
  getTBSCertificate(certificate: forge.pki.Certificate): forge.asn1.Asn1;
}

/**
 * node-forge builds the structure; it knows RSA alone, so the P-256 key and the signature are put into it here and
 * made by node:crypto.
 */
function build(structure: Structure): string {
  const certificate = pki.createCertificate();
  certificate.serialNumber = newSerialNumber();
  certificate.validity.notBefore = structure.notBefore;
  certificate.validity.notAfter = structure.notAfter;
  certificate.setSubject(distinguishedName(structure.subject));
  certificate.setIssuer(distinguishedName(structure.issuer));
  certificate.setExtensions(structure.extensions);
  certificate.publicKey = RSA_PLACEHOLDER;
  const sha256WithRsa = pki.oids['sha256WithRSAEncryption'] as string;
  certificate.siginfo.algorithmOid = sha256WithRsa;
  certificate.signatureOid = sha256WithRsa;
  const tbs = (pki as unknown as TbsBuilder).getTBSCertificate(certificate);
  const fields = tbs.value as forge.asn1.Asn1[];
  fields[2] = ecdsaWithSha256();
  fields[6] = subjectPublicKeyInfo(structure.key);
  const signature = sign('sha256', derOf(tbs), structure.issuerKey);
  const signed = sequence(tbs, ecdsaWithSha256(), bitString(signature));
  return forge.pem.encode({ type: 'CERTIFICATE', body: asn1.toDer(signed).getBytes() });
}

const RSA_PLACEHOLDER = {
  n: new forge.jsbn.BigInteger('65537'),
  e: new forge.jsbn.BigInteger('65537'),
} as forge.pki.rsa.PublicKey;

function newKeyPair(): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** Positive, so that its first bit is clear. */
function newSerialNumber(): string {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] as number) & 0x3f) | 0x40;
  return serial.toString('hex');
}

function distinguishedName(commonName: string): forge.pki.CertificateField[] {
  const utf8 = Type.UTF8 as unknown as forge.asn1.Class;
  return [
    { name: 'organizationName', value: 'Juki Net', valueTagClass: utf8 },
    { name: 'commonName', value: commonName, valueTagClass: utf8 },
  ];
}

/** Given as bytes: node-forge would work it out from the key that it believes to be there. */
function subjectKeyIdentifier(key: KeyObject): object {
  const id = asn1.create(UNIVERSAL, Type.OCTETSTRING, false, keyIdOf(key));
  return { id: SUBJECT_KEY_IDENTIFIER, value: asn1.toDer(id).getBytes() };
}

/** SHA-1 of a key's public point, as a binary string: a name for the key, no proof of anything. */
export function keyIdOf(key: KeyObject): string {
  const { x, y } = publicPartOf(key).export({ format: 'jwk' });
  const point = ['\x04', decode(x), decode(y)].join('');
  return createHash('sha1').update(Buffer.from(point, 'binary')).digest('binary');
}

function publicPartOf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

function decode(coordinate: string | undefined): string {
  return Buffer.from(coordinate ?? '', 'base64url').toString('binary');
}

function subjectPublicKeyInfo(key: KeyObject): forge.asn1.Asn1 {
  const der = publicPartOf(key).export({ type: 'spki', format: 'der' });
  return asn1.fromDer(forge.util.createBuffer(der.toString('binary')));
}

function ecdsaWithSha256(): forge.asn1.Asn1 {
  return sequence(asn1.create(UNIVERSAL, Type.OID, false, asn1.oidToDer(ECDSA_WITH_SHA256).getBytes()));
}

function sequence(...value: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return asn1.create(UNIVERSAL, Type.SEQUENCE, true, value);
}

function bitString(bytes: Buffer): forge.asn1.Asn1 {
  return asn1.create(UNIVERSAL, Type.BITSTRING, false, `\0${bytes.toString('binary')}`);
}

function derOf(node: forge.asn1.Asn1): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), 'binary');
}
