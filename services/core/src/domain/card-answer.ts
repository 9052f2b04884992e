import type { CardStatus } from './card-status.js';
import type { OfficeId } from './office.js';

/** What a chip answers to a reader's challenge, once its PIN was keyed in. */
export interface CardAnswer {
  cardNumber: string;
  /** What the reader drew: 32 hex digits. */
  challenge: string;
  /** How often the chip has answered, this time included: a copy of it falls behind, or the chip behind its copy. */
  count: number;
  /** 128 hex digits: P-256, r and s. */
  signature: string;
}

type Signed = Omit<CardAnswer, 'signature'> & Pick<CardStatus, 'residentRecordCode'>;

/**
 * The bytes that a chip signs; one form only, and unlike everything else that is signed. The code is among them: an answer
 * of a chip whose code was altered is not that of the card as its municipality keeps it.
 */
export function cardAnswerBytes(
  { cardNumber, residentRecordCode, challenge, count }: Signed,
  reader: OfficeId,
): Buffer {
  return Buffer.from(JSON.stringify(['juki-card/1', cardNumber, residentRecordCode, reader, challenge, count]));
}
