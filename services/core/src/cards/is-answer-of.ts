import { createPublicKey } from 'node:crypto';
import { type CardAnswer, cardAnswerBytes } from '../domain/card-answer.js';
import type { CardStatus } from '../domain/card-status.js';
import type { OfficeId } from '../domain/office.js';
import { verifyCompact } from '../trust/compact-signature.js';

type Kept = Pick<CardStatus, 'cardNumber' | 'residentRecordCode' | 'publicKey'>;

/** Whether it is the chip of this card that answered, with the code that is kept with it, to this reader. */
export function isAnswerOf({ cardNumber, residentRecordCode, publicKey }: Kept, answer: CardAnswer, reader: OfficeId) {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  const bytes = cardAnswerBytes({ ...answer, cardNumber, residentRecordCode }, reader);
  return verifyCompact(bytes, key, Buffer.from(answer.signature, 'hex'));
}
