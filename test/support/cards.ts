import { generateKeyPairSync } from 'node:crypto';
import type { CardStatus } from '#core/domain/card-status.js';
import type { Card } from '#municipality/domain/cards/card.js';

/** A chip's pair of keys: SubjectPublicKeyInfo and PKCS #8, in base64. */
function aKeyPair(): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  });
  return { publicKey: publicKey.toString('base64'), privateKey: privateKey.toString('base64') };
}

export const [KEY, OTHER_KEY] = [aKeyPair(), aKeyPair()] as const;

/** A juki card of somebody in Bunkyo that is good; `differing` says what a test is about. */
export function aCardStatus(differing: Partial<CardStatus> = {}): CardStatus {
  return {
    ...{ cardNumber: 'JC0000000001', kind: 'JUKI_CARD', residentRecordCode: '24727059608', municipality: '131059' },
    ...{ state: 'ACTIVE', invalidBy: null, expiresOn: '2018-05-01', lapsesAfter: null, lapsesBy: null },
    ...{ publicKey: KEY.publicKey, version: 1 },
    ...differing,
  };
}

/** The same, as the municipality has it that keeps it. */
export function aCard(differing: Partial<Card> = {}): Card {
  const { municipality: _isThis, ...status } = aCardStatus();
  return {
    ...status,
    ...{ recordId: 'record-1', issuedOn: '2008-05-01', managementKey: 'ab'.repeat(32), answers: 0, movedTo: null },
    ...differing,
  };
}
