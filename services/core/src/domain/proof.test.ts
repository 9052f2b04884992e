import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isTimely,
  PROOF_WINDOW_MS,
  type ProofStatement,
  proofBytes,
  type ReceiptStatement,
  receiptBytes,
} from './proof.js';

const ASKED_AT = new Date('2016-05-27T10:00:00.123+09:00');
const PROOF: ProofStatement = {
  exchange: '00000000-0000-4000-8000-000000000001',
  nonce: '00112233445566778899aabbccddeeff',
  procedure: '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData',
  asking: 'municipality/131041',
  answering: 'municipality/131059',
  operator: 'operator-1',
  purpose: 'WIDE_AREA_ISSUANCE',
  askedAt: ASKED_AT,
  request: Buffer.from('request'),
};
const RECEIPT: ReceiptStatement = {
  exchange: PROOF.exchange,
  nonce: PROOF.nonce,
  answering: PROOF.answering,
  answeredAt: ASKED_AT,
  outcome: 'OK',
  proof: Buffer.alloc(64, 1),
  answer: Buffer.from('answer'),
};

describe('What an office signs when it asks', () => {
  const others: { [Field in keyof ProofStatement]: ProofStatement[Field] } = {
    exchange: '00000000-0000-4000-8000-000000000002',
    nonce: 'ffeeddccbbaa99887766554433221100',
    procedure: '/juki.register.v1.FamilyRegisterNoticeService/NotifyHome',
    asking: 'municipality/131156',
    answering: 'municipality/132152',
    operator: 'operator-2',
    purpose: 'CURIOSITY',
    askedAt: new Date(ASKED_AT.getTime() + 1),
    request: Buffer.from('requesT'),
  };

  it.each(Object.keys(others) as (keyof ProofStatement)[])('is other bytes where %s is another', (field) => {
    expect(proofBytes({ ...PROOF, [field]: others[field] })).not.toEqual(proofBytes(PROOF));
  });

  it('is the same bytes each time, in whatever order the statement was put together', () => {
    const backwards = Object.fromEntries(Object.entries(PROOF).reverse()) as unknown as ProofStatement;
    expect(proofBytes(backwards)).toEqual(proofBytes(PROOF));
  });

  it('tells the request by a digest alone: what is signed does not hold what was asked', () => {
    expect(proofBytes(PROOF).toString()).not.toContain('request');
    expect(proofBytes({ ...PROOF, request: Buffer.alloc(100_000) })).toHaveLength(proofBytes(PROOF).length);
  });

  it('can not be read in two ways: what moves from one field into the next makes other bytes', () => {
    const field = fc.string({ unit: 'binary', maxLength: 12 });
    const statement = fc
      .record({ exchange: field, nonce: field, procedure: field, asking: field, answering: field })
      .chain((first) => fc.record({ operator: field, purpose: field }).map((second) => ({ ...first, ...second })));
    fc.assert(
      fc.property(statement, statement, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        const [bytes, otherBytes] = [proofBytes({ ...PROOF, ...one }), proofBytes({ ...PROOF, ...other })];
        expect(bytes.equals(otherBytes)).toBe(same);
      }),
    );
    const moved = { operator: 'operator-1","WIDE', purpose: 'AREA' };
    expect(proofBytes({ ...PROOF, ...moved })).not.toEqual(
      proofBytes({ ...PROOF, operator: 'operator-1', purpose: 'WIDE","AREA' }),
    );
  });
});

describe('What an office signs when it answers', () => {
  const others: { [Field in keyof ReceiptStatement]: ReceiptStatement[Field] } = {
    exchange: '00000000-0000-4000-8000-000000000002',
    nonce: 'ffeeddccbbaa99887766554433221100',
    answering: 'municipality/132152',
    answeredAt: new Date(ASKED_AT.getTime() + 1),
    outcome: 'NOT_FOUND',
    proof: Buffer.alloc(64, 2),
    answer: Buffer.from('answeR'),
  };

  it.each(Object.keys(others) as (keyof ReceiptStatement)[])('is other bytes where %s is another', (field) => {
    expect(receiptBytes({ ...RECEIPT, [field]: others[field] })).not.toEqual(receiptBytes(RECEIPT));
  });

  it('tells the answer by a digest alone', () => {
    expect(receiptBytes(RECEIPT).toString()).not.toContain('"answer"');
    expect(receiptBytes({ ...RECEIPT, answer: Buffer.alloc(100_000) })).toHaveLength(receiptBytes(RECEIPT).length);
  });
});

describe('A proof and a receipt', () => {
  it('can not be taken for one another, whatever is in their fields', () => {
    const text = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(text, text, text, text, (exchange, answering, operator, purpose) => {
        const proof = proofBytes({ ...PROOF, exchange, answering, operator, purpose });
        expect(proof.equals(receiptBytes({ ...RECEIPT, exchange, answering }))).toBe(false);
        expect(JSON.parse(proof.toString())[0]).toBe('juki-proof/1');
      }),
    );
    expect(JSON.parse(receiptBytes(RECEIPT).toString())[0]).toBe('juki-receipt/1');
  });

  it('name the kind first, and the signature of the proof by its digest', () => {
    const digest = createHash('sha256').update(RECEIPT.proof).digest('hex');
    expect(JSON.parse(receiptBytes(RECEIPT).toString())).toContain(digest);
  });
});

describe('The time of a receipt', () => {
  const [askedAt, now] = [ASKED_AT.getTime(), ASKED_AT.getTime() + 2_000];

  it.each([
    { what: 'the moment of the question', at: askedAt, timely: true },
    { what: 'the moment that the answer came', at: now, timely: true },
    { what: 'the window before the question', at: askedAt - PROOF_WINDOW_MS, timely: true },
    { what: 'a millisecond more than that', at: askedAt - PROOF_WINDOW_MS - 1, timely: false },
    { what: 'the window after now', at: now + PROOF_WINDOW_MS, timely: true },
    { what: 'a millisecond further', at: now + PROOF_WINDOW_MS + 1, timely: false },
    { what: '1970', at: 0, timely: false },
  ])('of $what can be one of its answer: $timely', ({ at, timely }) => {
    expect(isTimely(at, { askedAt, now })).toBe(timely);
  });
});
