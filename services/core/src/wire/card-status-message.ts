import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { isCalendarDate } from '../domain/calendar-date.js';
import { CARD_KINDS, CARD_STATES, type CardStatus, INVALIDITY_CAUSES } from '../domain/card-status.js';
import { HIGHEST_INTEGER } from '../domain/highest-integer.js';
import { isLocalGovernmentCode } from '../domain/local-government-code.js';
import { isResidentRecordCode } from '../domain/resident-record-code.js';
import type { CardStatus as CardStatusMessage } from './generated/juki/card/v1/CardStatus.js';
import { messageOf } from './plain.js';

export const CardNumber = z.string().regex(/^[A-Z]{2}[0-9]{10}$/, 'is not a card number');
const Day = z.string().refine(isCalendarDate, 'is not a day of the calendar');
/** SubjectPublicKeyInfo of a key on P-256 has 91 bytes. */
export const PublicKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{121}[A-Za-z0-9+/=]{3}$/, 'is not a public key')
  .refine(isKeyOfChip, 'is not a public key');

/** A status in the plain shape of its message. */
const PlainCardStatus = z.strictObject({
  cardNumber: CardNumber,
  kind: z.enum(CARD_KINDS),
  residentRecordCode: z.string().refine(isResidentRecordCode, 'is not a resident record code'),
  municipality: z.string().refine(isLocalGovernmentCode, 'is not a local government code'),
  state: z.enum(CARD_STATES),
  invalidBy: z.enum(INVALIDITY_CAUSES).optional(),
  expiresOn: Day,
  lapsesAfter: Day.optional(),
  lapsesBy: z.enum(INVALIDITY_CAUSES).optional(),
  publicKey: PublicKey,
  version: z.coerce.number().int().positive().max(HIGHEST_INTEGER),
});

/** Statuses as they are reported; their number is bounded. */
export const MOST_CARD_STATUSES = 500;
export const CardStatuses = z.strictObject({ statuses: z.array(PlainCardStatus).min(1).max(MOST_CARD_STATUSES) });

function isKeyOfChip(text: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}

export function cardStatusMessage(status: CardStatus): CardStatusMessage {
  return messageOf<CardStatusMessage>('juki.card.v1.CardStatus', { ...status, version: String(status.version) });
}

export function cardStatusOfPlain(plain: z.infer<typeof PlainCardStatus>): CardStatus {
  const { invalidBy = null, lapsesAfter = null, lapsesBy = null, ...status } = plain;
  return { ...status, invalidBy, lapsesAfter, lapsesBy };
}
