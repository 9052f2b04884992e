import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../domain/digest.js';
import { compareLogs, type Disagreement } from './compare-logs.js';
import type { Leaf } from './entry.js';

const [BUNKYO, KUNITACHI, YOKOHAMA] = ['municipality/131059', 'municipality/132152', 'municipality/141003'];

const NONCE = '00112233445566778899aabbccddeeff';

const asked: Leaf = {
  at: '2016-05-27T01:00:00.000Z',
  event: 'ASKED',
  procedure: '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData',
  exchange: 'exchange-1',
  caller: `juki://${BUNKYO}`,
  operator: 'counter-1',
  answering: KUNITACHI,
  purposeDigest: digestOf(NONCE, 'WIDE_AREA_ISSUANCE'),
  outcome: null,
  requestDigest: digestOf(NONCE, 'request'),
  answerDigest: null,
  proofDigest: digestOf(NONCE, 'proof'),
  receiptDigest: null,
  subjects: [],
};
const received: Leaf = {
  ...asked,
  event: 'ANSWER_RECEIVED',
  outcome: 'OK',
  answerDigest: digestOf(NONCE, 'answer'),
  proofDigest: null,
  receiptDigest: digestOf(NONCE, 'receipt'),
};
const answered: Leaf = {
  ...{ ...received, event: 'ANSWERED', at: '2016-05-27T01:00:00.004Z', proofDigest: asked.proofDigest },
};
const nothingArrived: Leaf = {
  ...{ ...received, outcome: 'OFFICE_UNAVAILABLE', answerDigest: null, receiptDigest: null },
};

/** Bunkyo asks, Kunitachi answers. */
function compare(atBunkyo: Leaf[], atKunitachi: Leaf[]): Disagreement[] {
  return compareLogs({ office: BUNKYO, entries: atBunkyo }, { office: KUNITACHI, entries: atKunitachi });
}

describe('Two logs agree', () => {
  it('when question and answer are in both, with the same bytes', () => {
    expect(compare([asked, received], [answered])).toEqual([]);
  });

  it('when the answer was a refusal, the same on both sides', () => {
    const refused = { outcome: 'NOT_FOUND' as const, answerDigest: digestOf(NONCE, 'refusal') };
    expect(compare([asked, { ...received, ...refused }], [{ ...answered, ...refused }])).toEqual([]);
  });

  it('when the question never arrived, and the asking office logged that it got no answer', () => {
    expect(compare([asked, nothingArrived], [])).toEqual([]);
  });

  it('when the answer came too late: home answered, and the asking office got none', () => {
    expect(compare([asked, nothingArrived], [answered])).toEqual([]);
  });

  it('when the answering office refused as RATE_LIMITED, which it counts and does not log each time', () => {
    const refused = { ...received, outcome: 'RATE_LIMITED' as const, receiptDigest: null };
    expect(compare([asked, refused], [])).toEqual([]);
  });

  it('while the answer is under way, or the asking office was cut off before it could log it', () => {
    expect(compare([asked], [answered])).toEqual([]);
    expect(compare([asked], [])).toEqual([]);
  });

  it('when their clocks differ: the order of the entries is not what is compared', () => {
    expect(compare([received, asked], [{ ...answered, at: '2016-05-27T00:00:00.000Z' }])).toEqual([]);
  });

  it('whatever they logged of their exchanges with others, and in the other direction', () => {
    const withYokohama = { ...asked, exchange: 'exchange-2', answering: YOKOHAMA };
    const fromYokohama = { ...answered, exchange: 'exchange-3', caller: `juki://${YOKOHAMA}` };
    const atCounter = { ...answered, exchange: 'exchange-4', caller: `juki://${KUNITACHI}/operator/counter-1` };
    const backwards = { ...asked, exchange: 'exchange-5', caller: `juki://${KUNITACHI}`, answering: BUNKYO };
    const all = [withYokohama, fromYokohama, atCounter, backwards];
    expect(compare([asked, received, ...all], [answered, ...all])).toEqual([]);
  });
});

describe('Two logs disagree', () => {
  it.each<[string, Partial<Leaf>]>([
    ['another operator', { operator: 'counter-2' }],
    ['another purpose', { purposeDigest: digestOf(NONCE, 'CURIOSITY') }],
    ['another procedure', { procedure: '/juki.register.v1.FamilyRegisterNoticeService/NotifyHome' }],
  ])('when one of them names %s, over the same bytes and proof', (_what, other) => {
    const differ = [{ exchange: 'exchange-1', what: 'ACCOUNTS_DIFFER' }];
    expect(compare([{ ...asked, ...other }, received], [answered])).toEqual(differ);
    expect(compare([asked, received], [{ ...answered, ...other }])).toEqual(differ);
  });

  it('when the asking office has an answer that the answering office did not log', () => {
    expect(compare([asked, received], [])).toEqual([
      { exchange: 'exchange-1', what: 'NOT_LOGGED_BY_ANSWERING_OFFICE' },
    ]);
  });

  it('when the answering office gave an answer to a question that the asking office did not log', () => {
    const alone = [{ exchange: 'exchange-1', what: 'NOT_LOGGED_BY_ASKING_OFFICE' }];
    expect(compare([], [answered])).toEqual(alone);
    expect(compare([received], [answered])).toEqual(alone);
  });

  it('when they logged different questions, whether or not the answer arrived', () => {
    const other = { ...answered, requestDigest: digestOf(NONCE, 'another request') };
    const differ = [{ exchange: 'exchange-1', what: 'REQUESTS_DIFFER' }];
    expect(compare([asked, received], [other])).toEqual(differ);
    expect(compare([asked, nothingArrived], [other])).toEqual(differ);
  });

  it('when they logged different answers', () => {
    const differ = [{ exchange: 'exchange-1', what: 'ANSWERS_DIFFER' }];
    expect(compare([asked, received], [{ ...answered, answerDigest: digestOf(NONCE, 'another answer') }])).toEqual(
      differ,
    );
    expect(compare([asked, received], [{ ...answered, outcome: 'NOT_FOUND' }])).toEqual(differ);
  });

  it('when they logged different proofs, whether or not the answer arrived', () => {
    const other = { ...answered, proofDigest: digestOf(NONCE, 'another proof') };
    const differ = [{ exchange: 'exchange-1', what: 'PROOFS_DIFFER' }];
    expect(compare([asked, received], [other])).toEqual(differ);
    expect(compare([asked, nothingArrived], [other])).toEqual(differ);
    expect(compare([{ ...asked, proofDigest: null }, received], [answered])).toEqual(differ);
  });

  it('when they logged different receipts of an answer that arrived, or one of them none', () => {
    const differ = [{ exchange: 'exchange-1', what: 'RECEIPTS_DIFFER' }];
    const other = { receiptDigest: digestOf(NONCE, 'another receipt') };
    expect(compare([asked, received], [{ ...answered, ...other }])).toEqual(differ);
    expect(compare([asked, { ...received, receiptDigest: null }], [answered])).toEqual(differ);
    expect(compare([asked, received], [{ ...answered, receiptDigest: null }])).toEqual(differ);
  });

  it('unless the answer never arrived: then its receipt did not either', () => {
    expect(compare([asked, nothingArrived], [answered])).toEqual([]);
    expect(compare([asked], [answered])).toEqual([]);
  });

  it('when the answering office answered a question whose proof it did not keep', () => {
    const differ = [{ exchange: 'exchange-1', what: 'PROOFS_DIFFER' }];
    expect(compare([asked, received], [{ ...answered, proofDigest: null }])).toEqual(differ);
  });

  it('when a second question hides behind an exchange that was asked once', () => {
    const hidden = { ...answered, requestDigest: digestOf(NONCE, 'another request') };
    expect(compare([asked, received], [hidden, answered])).not.toEqual([]);
    expect(compare([asked, received], [answered, hidden])).not.toEqual([]);
  });

  it('unless the answering office refused it unread, and so had no bytes to log', () => {
    const refusal = { outcome: 'ACCESS_DENIED' as const, answerDigest: digestOf(NONCE, 'refusal') };
    const unread = { ...answered, ...refusal, requestDigest: null, proofDigest: null, receiptDigest: null };
    expect(compare([asked, { ...received, ...refusal, receiptDigest: null }], [unread])).toEqual([]);
  });

  it('in each exchange by itself, and all of them are told', () => {
    const second = { ...received, exchange: 'exchange-2' };
    const third = { ...answered, exchange: 'exchange-3' };
    const first = [asked, received];
    expect(compare([...first, { ...asked, exchange: 'exchange-2' }, second], [answered, third])).toEqual([
      { exchange: 'exchange-2', what: 'NOT_LOGGED_BY_ANSWERING_OFFICE' },
      { exchange: 'exchange-3', what: 'NOT_LOGGED_BY_ASKING_OFFICE' },
    ]);
  });
});
