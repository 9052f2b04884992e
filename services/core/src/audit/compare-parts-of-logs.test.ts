import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../domain/digest.js';
import { type ComparedEntry, compareLogs, type OfficeLog } from './compare-logs.js';

const [BUNKYO, KUNITACHI] = ['municipality/131059', 'municipality/132152'];
const digest = (of: string) => digestOf('00112233445566778899aabbccddeeff', of);

const asked: ComparedEntry = {
  at: '2016-05-27T01:00:00.000Z',
  event: 'ASKED',
  procedure: '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData',
  exchange: 'exchange-1',
  caller: `juki://${BUNKYO}`,
  operator: 'counter-1',
  answering: KUNITACHI,
  outcome: null,
  purposeDigest: digest('purpose'),
  requestDigest: digest('request'),
  answerDigest: null,
  proofDigest: digest('proof'),
  receiptDigest: null,
  mandateDigest: digest('mandate'),
  position: 3,
};
const given = { outcome: 'OK' as const, answerDigest: digest('answer'), receiptDigest: digest('receipt') };
const answered: ComparedEntry = {
  ...{ ...asked, ...given, event: 'ANSWERED', at: '2016-05-27T01:00:01.000Z', position: 8 },
};
const received: ComparedEntry = {
  ...{ ...asked, ...given, event: 'ANSWER_RECEIVED', at: '2016-05-27T01:00:02.000Z', position: 4 },
  ...{ proofDigest: null, mandateDigest: null },
};
const bunkyo = (entries: ComparedEntry[], until?: string) => part(BUNKYO, entries, until);
const kunitachi = (entries: ComparedEntry[], until?: string) => part(KUNITACHI, entries, until);

function part(office: string, entries: ComparedEntry[], until?: string): OfficeLog {
  return until === undefined ? { office, entries } : { office, entries, reaches: (at) => at <= until };
}

describe('Two logs that disagree', () => {
  it('say where, in each of them', () => {
    const other = { ...answered, requestDigest: digest('another') };
    const where = { what: 'REQUESTS_DIFFER', exchange: 'exchange-1', askingAt: 3, answeringAt: 8 };
    expect(compareLogs(bunkyo([asked, received]), kunitachi([other]))).toEqual([where]);
  });

  it('differ where one of them has another mandate, or none, for the same proof', () => {
    const differ = [{ what: 'MANDATES_DIFFER', exchange: 'exchange-1', askingAt: 3, answeringAt: 8 }];
    for (const mandateDigest of [digest('another'), null]) {
      expect(compareLogs(bunkyo([{ ...asked, mandateDigest }, received]), kunitachi([answered]))).toEqual(differ);
      expect(compareLogs(bunkyo([asked, received]), kunitachi([{ ...answered, mandateDigest }]))).toEqual(differ);
    }
    expect(compareLogs(bunkyo([asked, received]), kunitachi([answered]))).toEqual([]);
  });

  it('do not where nobody held the question against its proof: what came with it may be anything', () => {
    const refused = { outcome: 'ACCESS_DENIED' as const, answerDigest: digest('refusal'), receiptDigest: null };
    const unread = { ...answered, ...refused, proofDigest: null, requestDigest: null, mandateDigest: null };
    expect(compareLogs(bunkyo([asked, { ...received, ...refused }]), kunitachi([unread]))).toEqual([]);
  });
});

describe('A part of a log', () => {
  it('lacks an answer only where it reaches over the time at which the other office had it', () => {
    const missing = [{ what: 'NOT_LOGGED_BY_ANSWERING_OFFICE', exchange: 'exchange-1', askingAt: 3 }];
    expect(compareLogs(bunkyo([asked, received]), kunitachi([], received.at))).toEqual(missing);
    expect(compareLogs(bunkyo([asked, received]), kunitachi([], answered.at))).toEqual([]);
  });

  it('lacks a question only where it reaches over the time at which the other office had answered it', () => {
    const missing = [{ what: 'NOT_LOGGED_BY_ASKING_OFFICE', exchange: 'exchange-1', answeringAt: 8 }];
    expect(compareLogs(bunkyo([], answered.at), kunitachi([answered]))).toEqual(missing);
    expect(compareLogs(bunkyo([], asked.at), kunitachi([answered]))).toEqual([]);
  });
});
