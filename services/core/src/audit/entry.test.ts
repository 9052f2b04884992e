import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { digestOf, purposeDigest } from '../domain/digest.js';
import { leafOf, type Occurrence } from './entry.js';

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
const TAG = 'ab'.repeat(32);

describe('The leaf of a log entry', () => {
  it('has one form only: the same keys in the same order, however the entry was put together', () => {
    const backwards = Object.fromEntries(Object.entries(ENTRY).reverse()) as unknown as Occurrence;
    expect(leafOf(AT, backwards, [TAG])).toBe(leafOf(AT, ENTRY, [TAG]));
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

  it('names whom it is about by their tags, in their order', () => {
    const { subjects } = JSON.parse(leafOf(AT, { ...ENTRY, concerns: [CODE] }, [TAG, 'cd'.repeat(32)]));
    expect(subjects).toEqual([TAG, 'cd'.repeat(32)]);
  });

  it('holds no code: it can be shown to an auditor who may not see whom it is about', () => {
    expect(leafOf(AT, { ...ENTRY, concerns: [CODE] }, [TAG])).not.toContain(CODE);
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
    const leaf = leafOf(AT, { ...ENTRY, purpose: '青木さんの照会' }, []);
    expect(leaf).not.toContain('青木');
    expect(JSON.parse(leaf).purposeDigest).toBe(purposeDigest(ENTRY.nonce, '青木さんの照会'));
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
