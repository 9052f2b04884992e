import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { digestOf, leafOf, type Occurrence } from './entry.js';

const CODE = '24727059608';
const AT = '2016-05-27T01:00:00.000Z';
const ENTRY: Occurrence = {
  event: 'ANSWERED',
  procedure: '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData',
  exchange: 'exchange-1',
  caller: 'juki://municipality/131059',
  operator: 'counter-1',
  answering: 'municipality/132152',
  purpose: 'WIDE_AREA_ISSUANCE',
  outcome: 'OK',
  request: Buffer.from('request'),
  answer: Buffer.from('answer'),
  nonce: '00112233445566778899aabbccddeeff',
  concerns: [],
};
const SUBJECT = { residentRecordCode: CODE, salt: '000102030405060708090a0b0c0d0e0f' };

describe('The leaf of a log entry', () => {
  it('has one form only: the same keys in the same order, however the entry was put together', () => {
    const backwards = Object.fromEntries(Object.entries(ENTRY).reverse()) as unknown as Occurrence;
    expect(leafOf(AT, backwards, [SUBJECT])).toBe(leafOf(AT, ENTRY, [SUBJECT]));
    expect(Object.keys(JSON.parse(leafOf(AT, backwards, [])))).toEqual([
      'at',
      'event',
      'procedure',
      'exchange',
      'caller',
      'operator',
      'answering',
      'outcome',
      'purposeDigest',
      'requestDigest',
      'answerDigest',
      'proofDigest',
      'receiptDigest',
      'subjects',
    ]);
  });

  it('takes in nothing that an entry does not have', () => {
    const more = { ...ENTRY, name: '文京太郎', residentRecordCode: CODE } as Occurrence;
    expect(leafOf(AT, more, [])).toBe(leafOf(AT, ENTRY, []));
  });

  it('says that there was no outcome and no answer, rather than leaving it out', () => {
    const asked = JSON.parse(leafOf(AT, { ...ENTRY, event: 'ASKED', outcome: null, answer: null }, []));
    expect([asked.outcome, asked.answerDigest, asked.subjects]).toEqual([null, null, []]);
  });

  it('holds no code: it can be shown to an auditor who may not see whom it is about', () => {
    expect(leafOf(AT, ENTRY, [SUBJECT])).not.toContain(CODE);
    expect(leafOf(AT, ENTRY, [SUBJECT])).not.toContain(SUBJECT.salt);
  });

  it('is opened for the person it is about by the salt, and for nobody else', () => {
    const { subjects } = JSON.parse(leafOf(AT, ENTRY, [SUBJECT]));
    const commitment = (salt: string, code: string) => createHash('sha256').update(`${salt}:${code}`).digest('hex');
    expect(subjects).toEqual([commitment(SUBJECT.salt, CODE)]);
    expect(subjects).not.toContain(commitment(SUBJECT.salt, '24846016224'));
    expect(subjects).not.toContain(commitment('', CODE));
  });

  it('does not show that two entries are about one person: each has a salt of its own', () => {
    const other = { ...SUBJECT, salt: 'f0e0d0c0b0a090807060504030201000' };
    expect(JSON.parse(leafOf(AT, ENTRY, [SUBJECT])).subjects).not.toEqual(
      JSON.parse(leafOf(AT, ENTRY, [other])).subjects,
    );
  });
});

describe('What a leaf commits to', () => {
  const pins = Array.from({ length: 10_000 }, (_, i) => String(i).padStart(4, '0'));
  const unsalted = (text: string) => createHash('sha256').update(text).digest('hex');

  it('can not be guessed: not even a PIN, of which there are ten thousand', () => {
    const { requestDigest } = JSON.parse(leafOf(AT, { ...ENTRY, request: Buffer.from('3641') }, []));
    expect(pins.filter((pin) => [unsalted(pin), digestOf('', pin)].includes(requestDigest))).toEqual([]);
    expect(pins.filter((pin) => digestOf(ENTRY.nonce, pin) === requestDigest)).toEqual(['3641']);
  });

  it('is not told from what another exchange committed to: the same bytes have another digest', () => {
    const other = { ...ENTRY, nonce: 'ffeeddccbbaa99887766554433221100' };
    const [one, another] = [JSON.parse(leafOf(AT, ENTRY, [])), JSON.parse(leafOf(AT, other, []))];
    for (const digest of ['purposeDigest', 'requestDigest', 'answerDigest'])
      expect(one[digest]).not.toBe(another[digest]);
  });

  it('is nothing where a question was refused unread', () => {
    expect(JSON.parse(leafOf(AT, { ...ENTRY, request: null }, [])).requestDigest).toBeNull();
  });

  it('is the purpose as well, since that can be an operator’s own words', () => {
    expect(leafOf(AT, { ...ENTRY, purpose: '青木さんの照会' }, [])).not.toContain('青木');
  });
});

describe('The evidence that a leaf names', () => {
  const signed = (byte: number) => ({ at: 0, signature: Buffer.alloc(64, byte), certificate: Buffer.from('der') });
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  it('is the digest of each signature, and of nothing else of it', () => {
    const leaf = JSON.parse(leafOf(AT, { ...ENTRY, evidence: { proof: signed(1), receipt: signed(2) } }, []));
    expect(leaf.proofDigest).toBe(sha256(Buffer.alloc(64, 1)));
    expect(leaf.receiptDigest).toBe(sha256(Buffer.alloc(64, 2)));
  });

  it('is said to be missing, rather than left out, where nothing was signed', () => {
    const none = JSON.parse(leafOf(AT, ENTRY, []));
    const proofAlone = JSON.parse(leafOf(AT, { ...ENTRY, evidence: { proof: signed(1), receipt: undefined } }, []));
    expect([none.proofDigest, none.receiptDigest]).toEqual([null, null]);
    expect([proofAlone.proofDigest, proofAlone.receiptDigest]).toEqual([sha256(Buffer.alloc(64, 1)), null]);
  });
});

describe('The digest of a message', () => {
  it('is SHA-256 over salt, colon and bytes, in hexadecimal', () => {
    const expected = createHash('sha256').update('salt:写し').digest('hex');
    expect(digestOf('salt', '写し')).toBe(expected);
    expect(digestOf('salt', Buffer.from('写し'))).toBe(expected);
  });
});
