import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Credentials } from '#core/trust/credentials.js';
import { Authority, validFor } from '#core/trust/issue-certificate.js';
import { refusedAs } from '../../../../test/support/households.js';
import { aCode, aRecord } from '../../../../test/support/records.js';
import { certifiedPersonOf } from '../domain/certificates/move-out-certificate.js';
import { base45, bytesOfBase45, MOST_IN_A_SYMBOL } from '../wire/move-out-certificate-payload.js';
import { CertificatePress } from './certificate-press.js';

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
const NOTHING_REVOKED = {
  number: 1,
  issuedAt: VALIDITY.notBefore,
  renewBy: VALIDITY.notAfter,
  revoked: new Map(),
  keyKept: new Set<string>(),
};

const bunkyo = pressOf('municipality/131059');
const kunitachi = pressOf('municipality/132152');

const MARK = 'JUKI1:';
const NOT_VALID = refusedAs('CERTIFICATE_NOT_VALID', { field: 'certificates' });

describe('A move-out certificate that is printed', () => {
  const [printed] = print(bunkyo, 2);

  it('is read by whichever municipality they move into, as it was certified', () => {
    expect(kunitachi.read(printed?.payload ?? '')).toEqual({ number: 'no-1', ...certified(2) });
  });

  it('is read by the municipality that printed it, when it is handed back', () => {
    expect(bunkyo.read(printed?.payload ?? '').people).toHaveLength(2);
  });

  it('has a number, the text of the paper, and the codes of those whom it is about', () => {
    expect(printed).toMatchObject({ number: 'no-1', codes: [aCode(1), aCode(2)] });
    for (const text of ['証明書番号　　　　　no-1', '文京 太郎1', '文京 太郎2', '平成28年5月27日　文京区長'])
      expect(printed?.paper).toContain(text);
  });

  it('has a payload of the characters that a symbol packs most densely, with a mark before it', () => {
    expect(printed?.payload).toMatch(/^JUKI1:[0-9A-Z $%*+\-./:]+$/);
    expect(printed?.payload.length).toBeLessThanOrEqual(MOST_IN_A_SYMBOL);
  });
});

describe('People who do not fit into one symbol', () => {
  it('stay together as long as they fit: a family of five has one paper', () => {
    expect(print(bunkyo, 5)).toHaveLength(1);
  });

  it.each([20, 13, 5])(
    'are spread over several, each with a number of its own, everybody on one: %i people',
    (people) => {
      const printed = print(bunkyo, people, 400);
      expect(printed.length).toBeGreaterThan(1);
      expect(new Set(printed.map(({ number }) => number)).size).toBe(printed.length);
      expect(printed.flatMap(({ codes }) => codes)).toEqual(
        certified(people).people.map((one) => one.residentRecordCode),
      );
      const read = printed.flatMap(({ payload }) => kunitachi.read(payload).people);
      expect(read).toEqual(certified(people, 400).people);
    },
  );

  it('leave no symbol that is too large', () => {
    for (const { payload } of print(bunkyo, 20, 200)) expect(payload.length).toBeLessThanOrEqual(MOST_IN_A_SYMBOL);
  });

  it('are twenty at most on a notification, and then need no more papers than one takes', () => {
    expect(print(bunkyo, 20).length).toBeLessThanOrEqual(8);
  });
});

describe('A payload is refused as CERTIFICATE_NOT_VALID, the same whatever is wrong with it', () => {
  const payload = print(bunkyo, 1)[0]?.payload ?? '';
  const bytes = bytesOfBase45(payload.slice(MARK.length)) ?? Buffer.alloc(0);

  it('when any byte of it was altered', () => {
    for (let at = 0; at < bytes.length; at += 7) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(() => kunitachi.read(MARK + base45(altered))).toThrow(NOT_VALID);
    }
  });

  it('when something was added to it, or cut off, wherever', () => {
    expect(() => kunitachi.read(MARK + base45(Buffer.concat([bytes, Buffer.of(0)])))).toThrow(NOT_VALID);
    for (let length = 0; length < bytes.length; length += 11)
      expect(() => kunitachi.read(MARK + base45(bytes.subarray(0, length)))).toThrow(NOT_VALID);
  });

  it.each([
    ['empty', ''],
    ['the mark alone', MARK],
    ['without the mark', payload.slice(MARK.length)],
    ['of another mark', payload.replace(MARK, 'JUKI2:')],
    ['in small letters', payload.toLowerCase()],
    ['no base45', `${MARK}あいう`],
    ['with a space after it', `${payload} `],
  ])('when it is %s', (_what, wrong) => expect(() => kunitachi.read(wrong)).toThrow(NOT_VALID));

  it('when another municipality sealed it than the one that it names', () => {
    const [forged] = print(kunitachi, 1);
    expect(() => bunkyo.read(forged?.payload ?? '')).toThrow(NOT_VALID);
    expect(() => kunitachi.read(forged?.payload ?? '')).toThrow(NOT_VALID);
  });

  it.each([
    ['a prefecture', pressOf('prefecture/130001')],
    ['an operator of the municipality', pressOf('municipality/131059/operator/counter-1', operators)],
    ['an authority of the same name as the network’s own', pressOf('municipality/131059', impostor)],
  ])('when it was sealed with the certificate of %s', (_whose, press) => {
    expect(() => kunitachi.read(print(press, 1)[0]?.payload ?? '')).toThrow(NOT_VALID);
  });
});

function pressOf(name: string, authority = offices): CertificatePress {
  const altNames = [{ type: 6 as const, value: `juki://${name}` }];
  const { key, certificatePem } = authority.issue({ ...VALIDITY, commonName: 'test', altNames, serves: true });
  const pem = (text: string) => Buffer.from(text);
  const credentials: Credentials = {
    ...{ certificate: pem(certificatePem), key: pem(key.export({ type: 'pkcs8', format: 'pem' }).toString()) },
    ...{ officesAuthority: pem(offices.certificatePem), authorities: [pem(offices.certificatePem)], trusted },
    lists: { offices: NOTHING_REVOKED, operators: NOTHING_REVOKED, agencies: NOTHING_REVOKED },
  };
  return new CertificatePress(credentials);
}

/** A certificate of Bunkyo's; the items of the municipality are of so many characters, hard to pack. */
function certified(people: number, items = 0) {
  return {
    ...{ origin: '131059', destination: '東京都国立市東一丁目1番1号', plannedOn: '2016-06-10', issuedOn: '2016-05-27' },
    people: Array.from({ length: people }, (_, i) => {
      const municipalItems = Array.from({ length: items }, (__, j) =>
        String.fromCodePoint(0x4e00 + ((i * 7919 + j * 6971) % 20_000)),
      ).join('');
      const differing = { name: `文京 太郎${i + 1}`, residentRecordCode: aCode(i + 1), municipalItems };
      return certifiedPersonOf(aRecord(differing), '文京 太郎1');
    }),
  };
}

function print(press: CertificatePress, people: number, items = 0) {
  let last = 0;
  return press.print(certified(people, items), { mayor: '文京区長', newNumber: () => `no-${++last}` });
}
