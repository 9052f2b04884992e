import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aCardStatus } from '../../../../test/support/cards.js';
import { CardStatuses, cardStatusMessage, cardStatusOfPlain, MOST_CARD_STATUSES } from './card-status-message.js';
import { plainOf } from './plain.js';

const TYPE = 'juki.card.v1.CardStatus';
const LAPSING = aCardStatus({ lapsesAfter: '2016-06-26', lapsesBy: 'SPECIAL_MOVE_MISSED' });
const ENDED = aCardStatus({ state: 'RETURNED', invalidBy: 'CODE_CHANGED', version: 2 ** 31 - 1 });
const plain = (status = aCardStatus()) => plainOf(TYPE, cardStatusMessage(status)) as object;
const isTaken = (statuses: object[]) => CardStatuses.safeParse({ statuses }).success;

describe('A card status on its way up', () => {
  it.each([
    ['good', aCardStatus()],
    ['waiting for a day', LAPSING],
    ['at its end', ENDED],
  ])('arrives as it was sent, where the card is %s', (_how, status) => {
    const [read] = CardStatuses.parse({ statuses: [plain(status)] }).statuses.map(cardStatusOfPlain);
    expect(read).toEqual(status);
  });

  const otherCurve = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256t1' }).publicKey;
  it.each([
    ['whose key is none', { publicKey: 'A'.repeat(124) }],
    ['whose key is cut short', { publicKey: aCardStatus().publicKey.slice(0, -4) }],
    [
      'whose key is on another curve',
      { publicKey: otherCurve.export({ format: 'der', type: 'spki' }).toString('base64') },
    ],
    ['whose number is none', { cardNumber: '../JC0000000001' }],
    ['whose code has a wrong check digit', { residentRecordCode: '24727059609' }],
    ['whose municipality is none', { municipality: '131050' }],
    ['whose last day does not exist', { expiresOn: '2015-02-29' }],
    ['whose version is none', { version: '0' }],
    ['whose version no column has room for', { version: String(2 ** 31) }],
    ['with something that no status has', { name: '文京 太郎' }],
  ])('is refused %s', (_what, wrong) => expect(isTaken([{ ...plain(), ...wrong }])).toBe(false));

  it('comes with at least one, and with at most so many as one message holds', () => {
    expect(isTaken([])).toBe(false);
    expect(isTaken(Array.from({ length: MOST_CARD_STATUSES }, () => plain()))).toBe(true);
    expect(isTaken(Array.from({ length: MOST_CARD_STATUSES + 1 }, () => plain()))).toBe(false);
  });
});
