import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aCardStatus, KEY, OTHER_KEY } from '../../../../test/support/cards.js';
import { cardAnswerBytes } from '../domain/card-answer.js';
import type { OfficeId } from '../domain/office.js';
import { signCompact } from '../trust/compact-signature.js';
import { isAnswerOf } from './is-answer-of.js';

const BUNKYO: OfficeId = 'municipality/131059';
const CARD = aCardStatus();

function answered(differing: object = {}, { privateKey } = KEY) {
  const { cardNumber, residentRecordCode } = CARD;
  const said = { cardNumber, residentRecordCode, challenge: 'ab'.repeat(16), count: 3, ...differing };
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  return { ...said, signature: signCompact(cardAnswerBytes(said, BUNKYO), key).toString('hex') };
}

describe('An answer is that of a card', () => {
  it('where its chip signed it for this reader', () => {
    expect(isAnswerOf(CARD, answered(), BUNKYO)).toBe(true);
  });

  it('and not where another chip did', () => {
    expect(isAnswerOf(CARD, answered({}, OTHER_KEY), BUNKYO)).toBe(false);
  });

  it('and not for another reader', () => {
    expect(isAnswerOf(CARD, answered(), 'municipality/131041')).toBe(false);
  });

  it('and not where the chip holds another code than its municipality keeps', () => {
    expect(isAnswerOf(CARD, answered({ residentRecordCode: '24846016224' }), BUNKYO)).toBe(false);
  });

  it.each([
    ['count', { count: 4 }],
    ['challenge', { challenge: 'cd'.repeat(16) }],
    ['signature', { signature: '' }],
  ])('and not where its %s was altered', (_what, altered) => {
    expect(isAnswerOf(CARD, { ...answered(), ...altered }, BUNKYO)).toBe(false);
  });
});
