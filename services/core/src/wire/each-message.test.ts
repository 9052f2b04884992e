import { describe, expect, it } from '@jest/globals';
import { type QuestionAsked, readAnswers, readQuestions, writeAnswers, writeQuestions } from './each-message.js';

const question = (parts: Partial<QuestionAsked['account']> = {}): QuestionAsked => ({
  account: {
    ...{ id: '0199aabb-0000-7000-8000-000000000001', nonce: '0'.repeat(32), operator: 'desk-1', purpose: 'PROVISION' },
    ...parts,
  },
  proof: { at: 1_464_310_800_000, signature: Buffer.alloc(64, 1), certificate: Buffer.from('a certificate') },
  request: Buffer.from('a question'),
});

describe('Questions that travel together', () => {
  it('arrive as they were sent', () => {
    const asked = [question(), question({ id: '0199aabb-0000-7000-8000-000000000002' })];
    const arrived = asked.map((one) => ({ ...one, accountFault: undefined }));
    expect(readQuestions(writeQuestions(asked))).toEqual(arrived);
  });

  it.each([
    ['exchange', { id: 'no-uuid' }],
    ['nonce', { nonce: 'g'.repeat(32) }],
    ['operator', { operator: '山田' }],
    ['purpose', { purpose: 'because' }],
  ])('arrive without an %s that has not its due form', (accountFault, parts) => {
    const [arrived] = readQuestions(writeQuestions([question(parts)]));
    expect(arrived?.accountFault).toBe(accountFault);
    expect(Object.values(arrived?.account ?? {})).not.toContain(Object.values(parts)[0]);
  });

  it('arrive without a proof that has not its due form', () => {
    const proof = { ...question().proof, signature: Buffer.alloc(63) };
    expect(readQuestions(writeQuestions([{ ...question(), proof }]))[0]?.proof).toBeUndefined();
  });

  it.each([
    ['holds a field that nobody knows', Buffer.from([0x7a, 0x01, 0x31])],
    ['ends too early', Buffer.from([0x0a, 0x7f])],
    ['holds none', Buffer.alloc(0)],
  ])('are none where a message %s', (_what, bytes) => {
    expect(() => readQuestions(bytes)).toThrow(expect.objectContaining({ reason: 'INVALID_REQUEST' }));
  });
});

describe('Answers that travel together', () => {
  it('arrive as they were sent: answers, with an empty one, and refusals', () => {
    const receipt = question().proof;
    const answered = [
      { exchange: 'a', receipt, outcome: { answer: Buffer.from('an answer') } },
      { exchange: 'b', receipt, outcome: { answer: Buffer.alloc(0) } },
      { exchange: 'c', receipt: undefined, outcome: { refusal: Buffer.from('a refusal') } },
    ];
    expect(readAnswers(writeAnswers(answered))).toEqual(answered);
  });
});
