import { describe, expect, it } from '@jest/globals';
import { cardAnswerBytes } from './card-answer.js';

const ANSWER = {
  ...{
    cardNumber: 'JC0000000001',
    residentRecordCode: '24727059608',
    challenge: '0123456789abcdef'.repeat(2),
    count: 7,
  },
};
const BUNKYO = 'municipality/131059';
const bytes = (differing: Partial<typeof ANSWER> = {}, reader: typeof BUNKYO | 'municipality/131041' = BUNKYO) =>
  cardAnswerBytes({ ...ANSWER, ...differing }, reader).toString();

describe('What a chip signs', () => {
  it('is this, and has to be the same for ever: chips that are out there sign it', () => {
    expect(bytes()).toBe(
      '["juki-card/1","JC0000000001","24727059608","municipality/131059","0123456789abcdef0123456789abcdef",7]',
    );
  });

  it.each([
    ['another card', bytes({ cardNumber: 'JC0000000002' })],
    ['another code', bytes({ residentRecordCode: '24846016224' })],
    ['another reader', bytes({}, 'municipality/131041')],
    ['another challenge', bytes({ challenge: 'f'.repeat(32) })],
    ['another count', bytes({ count: 8 })],
  ])('is something else for %s', (_what, others) => expect(others).not.toBe(bytes()));

  it('does not hang on what an answer holds besides', () => {
    const answer = { ...ANSWER, signature: 'ab'.repeat(64) };
    expect(cardAnswerBytes(answer, BUNKYO).toString()).toBe(bytes());
  });
});
