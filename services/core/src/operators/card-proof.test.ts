import { type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Cards } from '../../../../test/support/operator-cards.js';
import { SetClock } from '../../../../test/support/set-clock.js';
import { cardFingerprint } from './card-fingerprint.js';
import { CardProofs, signInText } from './card-proof.js';

const [BUNKYO, SHINJUKU] = ['municipality/131059', 'municipality/131041'];
const NAME = 'operator-1';
const cards = new Cards();
const own = cards.of({ kind: 'operator', office: BUNKYO, name: NAME });
const fingerprint = cardFingerprint(new X509Certificate(own.certificate).raw);

let clock: SetClock;
let proofs: CardProofs;

beforeEach(() => {
  clock = new SetClock('2016-05-27T10:00:00Z');
  proofs = new CardProofs({ office: BUNKYO, clock, randomBytes, trusted: cards.trusted });
});

const signatureBy = (key: KeyObject, challenge: string, office = BUNKYO) =>
  sign('sha256', Buffer.from(signInText(office, challenge)), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
const proofBy = ({ certificate, key } = own, challenge = proofs.challengeFor(NAME)) => ({
  ...{ certificate, challenge, signature: signatureBy(key, challenge) },
});

describe('A challenge that a card has signed', () => {
  it('proves the card to be there', () => {
    expect(proofs.cardOf(NAME, proofBy())).toBe(fingerprint);
  });

  it('serves once, and a wrong answer uses it up', () => {
    const proof = proofBy();
    expect([proofs.cardOf(NAME, proof), proofs.cardOf(NAME, proof)]).toEqual([fingerprint, '']);
    const second = proofBy();
    expect(proofs.cardOf(NAME, { ...second, signature: signatureBy(own.key, 'another') })).toBe('');
    expect(proofs.cardOf(NAME, second)).toBe('');
  });

  it('is good for two minutes', () => {
    const proof = proofBy();
    clock.set('2016-05-27T10:01:59.999Z');
    expect(proofs.cardOf(NAME, proof)).toBe(fingerprint);
    const late = proofBy();
    clock.set('2016-05-27T10:04:00Z');
    expect(proofs.cardOf(NAME, late)).toBe('');
  });

  it('is the newest that an operator asked for', () => {
    const [first, second] = [proofBy(), proofBy()];
    expect(first.challenge).not.toBe(second.challenge);
    expect(proofs.cardOf(NAME, first)).toBe('');
    const newest = [proofBy(), proofBy()].at(-1);
    proofs.challengeFor('operator-2');
    expect(newest && proofs.cardOf(NAME, newest)).toBe(fingerprint);
  });

  it.each([
    ['a challenge of one’s own', () => proofBy(own, 'A'.repeat(43))],
    ['somebody else’s challenge', () => proofBy(own, proofs.challengeFor('operator-2'))],
    ['the card of another operator here', () => proofBy(cards.of({ kind: 'operator', office: BUNKYO, name: 'other' }))],
    ['a card of another office', () => proofBy(cards.of({ kind: 'operator', office: SHINJUKU, name: NAME }))],
    ['the office’s own certificate', () => proofBy(cards.of({ kind: 'office', office: BUNKYO }))],
    [
      'a card that the wrong authority issued',
      () => proofBy(cards.of({ kind: 'operator', office: BUNKYO, name: NAME }, 'offices')),
    ],
    ['a card of another network', () => proofBy(new Cards().of({ kind: 'operator', office: BUNKYO, name: NAME }))],
    [
      'another key than the card’s',
      () => ({ ...proofBy(cards.of({ kind: 'operator', office: BUNKYO, name: NAME })), certificate: own.certificate }),
    ],
    ['a certificate that is none', () => ({ ...proofBy(), certificate: 'none' })],
    ['a signature that is none', () => ({ ...proofBy(), signature: '' })],
  ])('proves nothing with %s', (_what, proof) => {
    expect(proofs.cardOf(NAME, proof())).toBe('');
  });

  it('proves nothing where it was signed for another office', () => {
    const challenge = proofs.challengeFor(NAME);
    const signature = signatureBy(own.key, challenge, SHINJUKU);
    expect(proofs.cardOf(NAME, { certificate: own.certificate, challenge, signature })).toBe('');
  });
});
