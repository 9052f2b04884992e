import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CAUSES, type Directory, directoryBytes, readDirectory, saySame, withStanding } from './directory.js';
import { LARGEST_DIRECTORY } from './largest-message.js';

const BUNKYO = 'municipality/131059';
const AT = new Date('2016-05-27T01:00:00Z');
const SINCE = '2016-05-27T01:00:00.000Z';
const key = (seed: string) => createHash('sha256').update(seed).digest('hex');

function directoryOf(offices: string[], revoked = 0): Directory {
  const serial = (i: number) => key(String(i)).slice(0, 40).toUpperCase();
  const serials = Object.fromEntries(Array.from({ length: revoked }, (_, i) => [serial(i), 1_795_000_000]));
  return {
    ...{ number: 1, issuedAt: AT, threatLevel: 1 },
    offices: offices.map((office) => ({
      ...{ office, participating: true, cutOff: null, address: `${office.replace('/', '-')}.line.example:50051` },
      signing: { keys: [key(`${office} new`), key(`${office} old`)], newestFrom: SINCE },
    })),
    revocations: { offices: serials, operators: {}, agencies: {} },
  };
}

describe('A directory', () => {
  const directory = directoryOf(['national', 'prefecture/130001', BUNKYO], 3);

  it('is read as it was written', () => {
    expect(readDirectory(directoryBytes(directory))).toEqual(directory);
  });

  it.each([
    ['no JSON', () => Buffer.from('{')],
    ['a field more', (bytes: Buffer) => Buffer.from(bytes.toString().replace('{', '{"more":1,'))],
    [
      'a threat level of 4',
      (bytes: Buffer) => Buffer.from(bytes.toString().replace('"threatLevel":1', '"threatLevel":4')),
    ],
    ['a key that is none', (bytes: Buffer) => Buffer.from(bytes.toString().replace(key(`${BUNKYO} new`), 'abc'))],
    ['an office that is none', (bytes: Buffer) => Buffer.from(bytes.toString().replace(BUNKYO, 'municipality/1'))],
    [
      'a serial number that is none',
      (bytes: Buffer) => Buffer.from(bytes.toString().replace(/"[0-9A-F]{40}":/, '"x":')),
    ],
    ['number 0', (bytes: Buffer) => Buffer.from(bytes.toString().replace('"number":1', '"number":0'))],
  ])('is none with %s', (_, broken) => {
    const bytes = directoryBytes(directory);
    const other = broken(bytes);
    expect(other.equals(bytes)).toBe(false);
    expect(readDirectory(other)).toBeUndefined();
  });

  it('says the same as one of another number and time, and another thing where anybody’s standing is another', () => {
    const later = { ...directory, number: 9, issuedAt: new Date(0) };
    const cutOff = { since: SINCE, by: 'national', cause: CAUSES[0] };
    expect(saySame(directory, later)).toBe(true);
    expect(saySame(directory, withStanding(directory, BUNKYO, { cutOff }))).toBe(false);
    expect(saySame(directory, { ...directory, threatLevel: 2 })).toBe(false);
  });
});

describe('The directory of the whole country', () => {
  const OFFICES = 1789 + 47 + 1;
  const REVOKED = 2_000;

  it(`is within what a message may hold, with ${OFFICES} offices of two keys each, and ${REVOKED} certificates revoked`, () => {
    const municipalities = Array.from({ length: OFFICES }, () => BUNKYO);
    const { length } = directoryBytes(directoryOf(municipalities, REVOKED));
    console.info(`the directory of ${OFFICES} offices: ${length} bytes of ${LARGEST_DIRECTORY}`);
    expect(length).toBeGreaterThan(OFFICES * 300);
    // Beside it, the message has the signature and the certificate: two kilobytes.
    expect(length + 2_048).toBeLessThan(LARGEST_DIRECTORY);
  });

  it('is so still where every second one is cut off', () => {
    const municipalities = Array.from({ length: OFFICES }, () => BUNKYO);
    const directory = directoryOf(municipalities, REVOKED);
    const cutOff = { since: SINCE, by: 'prefecture/130001', cause: CAUSES[2] };
    const offices = directory.offices.map((standing, i) => (i % 2 === 0 ? { ...standing, cutOff } : standing));
    expect(directoryBytes({ ...directory, offices }).length + 2_048).toBeLessThan(LARGEST_DIRECTORY);
  });
});
