import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aCode, aRecord } from '../../../../test/support/records.js';
import { certifiedPersonOf } from '../domain/certificates/move-out-certificate.js';
import { base45, bytesOfBase45, packCertificate, unpackCertificate } from './move-out-certificate-payload.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

describe('Bytes as the characters that a symbol packs most densely (base45, RFC 9285)', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
    ['', ''],
  ])('are, of %j, %j: the examples of the RFC', (text, encoded) => {
    expect(base45(Buffer.from(text))).toBe(encoded);
    expect(bytesOfBase45(encoded)?.toString()).toBe(text);
  });

  it.each([
    [[0], '00'],
    [[255], 'U5'],
    [[0, 0], '000'],
    [[255, 255], 'FGW'],
    [[1, 0], 'V50'],
  ])('keep zeros and reach to the largest values: %j is %j', (bytes, encoded) => {
    expect(base45(Buffer.from(bytes))).toBe(encoded);
    expect(bytesOfBase45(encoded)).toEqual(Buffer.from(bytes));
  });

  it('are read back whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(bytesOfBase45(base45(bytes))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('have one text only: whatever is read at all is written as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 30 }), (text) => {
        const bytes = bytesOfBase45(text);
        return bytes === undefined || base45(bytes) === text;
      }),
    );
  });

  it('take three characters for two of them, and two for the last where they are odd', () => {
    expect([0, 1, 2, 3, 4, 5].map((length) => base45(Buffer.alloc(length)).length)).toEqual([0, 2, 3, 5, 6, 8]);
  });

  it.each(['A', 'ABCD', 'GGW', ':::', '::', '0::', 'V5', 'bb8', 'BB８', 'BB\n', 'A_C', '𠮷', '𠮷A'])(
    'are not read from %j, which is no base45',
    (text) => expect(bytesOfBase45(text)).toBeUndefined(),
  );

  it('are not read from any text with a character outside the alphabet', () => {
    const stranger = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((one) => !ALPHABET.includes(one));
    fc.assert(
      fc.property(fc.nat(20), stranger, (at, one) => {
        const text = base45(Buffer.alloc(20, 7));
        expect(bytesOfBase45(text.slice(0, at) + one + text.slice(at + 1))).toBeUndefined();
      }),
    );
  });
});

const certificate = {
  ...{ number: '131059-20160527-0a1b2c3d', origin: '131059', destination: '東京都国立市東一丁目1番1号' },
  ...{ plannedOn: '2016-06-10', issuedOn: '2016-05-27' },
  people: [
    certifiedPersonOf(aRecord({ name: '𠮷田 太郎' }), '𠮷田 太郎'),
    certifiedPersonOf(
      aRecord({
        ...{ commonName: 'まりあ', registeredDomicile: null, firstListedPerson: null, relationship: '妻' },
        ...{ nationality: 'ブラジル', residenceStatus: '永住者', municipalItems: '', residentRecordCode: aCode(2) },
      }),
      '𠮷田 太郎',
    ),
  ],
};
const [taro] = certificate.people;

describe('A move-out certificate, packed', () => {
  it('is read back as it was, of Japanese and of foreign residents, with rare characters', () => {
    expect(unpackCertificate(packCertificate(certificate))).toEqual(certificate);
  });

  it('is the same bytes each time, as they are signed', () => {
    expect(packCertificate(certificate)).toEqual(packCertificate(structuredClone(certificate)));
  });
});

describe('Bytes that are no certificate are undefined, and no error', () => {
  const packed = (value: unknown) => deflateRawSync(Buffer.from(JSON.stringify(value)));

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['garbage', Buffer.from('garbage')],
    ['a certificate that is cut off', packCertificate(certificate).subarray(0, 40)],
    ['a certificate that is not packed', Buffer.from(JSON.stringify(certificate))],
    ['a text that is no JSON', deflateRawSync(Buffer.from('{'))],
    ['null', packed(null)],
    ['something else', packed({ hello: 'world' })],
    ['a certificate about nobody', packed({ ...certificate, people: [] })],
    ['a certificate of no municipality', packed({ ...certificate, origin: '131050' })],
    ['a certificate for no day', packed({ ...certificate, plannedOn: '2015-02-29' })],
    ['a certificate with a field more', packed({ ...certificate, note: '' })],
    ['a person with a field more', packed({ ...certificate, people: [{ ...taro, bloodType: 'A' }] })],
    ['a person with a code that is none', packed({ ...certificate, people: [{ ...taro, residentRecordCode: '1' }] })],
    [
      'a person with a relationship that is none',
      packed({ ...certificate, people: [{ ...taro, relationship: '長男' }] }),
    ],
    ['a person with a version that is none', packed({ ...certificate, people: [{ ...taro, version: 0 }] })],
    [
      'a person of half a family register',
      packed({ ...certificate, people: [{ ...taro, person: { ...taro?.person, firstListedPerson: undefined } }] }),
    ],
    ['what unpacks to more than any certificate', packed({ ...certificate, destination: 'あ'.repeat(1_000_000) })],
  ])('as %s', (_what, bytes) => expect(unpackCertificate(bytes)).toBeUndefined());

  it('whatever they are', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => unpackCertificate(bytes) === undefined));
  });
});
