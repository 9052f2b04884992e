import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type AuditEntry, digestOf, leafOf } from './entry.js';

const CODE = '24727059608';
const ENTRY: AuditEntry = {
  at: '2016-05-27T01:00:00.000Z',
  event: 'ANSWERED',
  procedure: '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData',
  exchange: 'exchange-1',
  caller: 'juki://municipality/131059',
  operator: 'counter-1',
  answering: 'municipality/132152',
  purpose: 'WIDE_AREA_ISSUANCE',
  outcome: 'OK',
  requestDigest: digestOf('request'),
  answerDigest: digestOf('answer'),
};
const SUBJECT = { residentRecordCode: CODE, salt: '000102030405060708090a0b0c0d0e0f' };

describe('The leaf of a log entry', () => {
  it('has one form only: the same keys in the same order, however the entry was put together', () => {
    const backwards = Object.fromEntries(Object.entries(ENTRY).reverse()) as unknown as AuditEntry;
    expect(leafOf(backwards, [SUBJECT])).toBe(leafOf(ENTRY, [SUBJECT]));
    expect(Object.keys(JSON.parse(leafOf(backwards, [])))).toEqual([
      'at',
      'event',
      'procedure',
      'exchange',
      'caller',
      'operator',
      'answering',
      'purpose',
      'outcome',
      'requestDigest',
      'answerDigest',
      'subjects',
    ]);
  });

  it('takes in nothing that an entry does not have', () => {
    const more = { ...ENTRY, name: '文京太郎', residentRecordCode: CODE } as AuditEntry;
    expect(leafOf(more, [])).toBe(leafOf(ENTRY, []));
  });

  it('says that there was no outcome and no answer, rather than leaving it out', () => {
    const asked = JSON.parse(leafOf({ ...ENTRY, event: 'ASKED', outcome: null, answerDigest: null }, []));
    expect([asked.outcome, asked.answerDigest, asked.subjects]).toEqual([null, null, []]);
  });

  it('holds no code: it can be shown to an auditor who may not see whom it is about', () => {
    expect(leafOf(ENTRY, [SUBJECT])).not.toContain(CODE);
    expect(leafOf(ENTRY, [SUBJECT])).not.toContain(SUBJECT.salt);
  });

  it('is opened for the person it is about by the salt, and for nobody else', () => {
    const { subjects } = JSON.parse(leafOf(ENTRY, [SUBJECT]));
    const commitment = (salt: string, code: string) => createHash('sha256').update(`${salt}:${code}`).digest('hex');
    expect(subjects).toEqual([commitment(SUBJECT.salt, CODE)]);
    expect(subjects).not.toContain(commitment(SUBJECT.salt, '24846016224'));
    expect(subjects).not.toContain(commitment('', CODE));
  });

  it('does not show that two entries are about one person: each has a salt of its own', () => {
    const other = { ...SUBJECT, salt: 'f0e0d0c0b0a090807060504030201000' };
    expect(JSON.parse(leafOf(ENTRY, [SUBJECT])).subjects).not.toEqual(JSON.parse(leafOf(ENTRY, [other])).subjects);
  });
});

describe('The digest of a message', () => {
  it('is SHA-256 over its bytes, in hexadecimal', () => {
    expect(digestOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(digestOf(Buffer.from('写し'))).toBe(digestOf('写し'));
  });
});
