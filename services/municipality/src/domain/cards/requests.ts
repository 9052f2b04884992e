import { z } from 'zod';
import { CARD_KINDS, CARD_STATES, INVALIDITY_CAUSES } from '#core/domain/card-status.js';
import { Notifier } from '../counter/notifier.js';
import { CardNumber, Code, Pin, Purpose } from '../fields.js';

/** What is asked for about cards; both entrances read it with these schemas. */

/** A card in the reader, and the PIN that its holder keys in. */
export const CardInReader = z.strictObject({ cardNumber: CardNumber, pin: Pin });

export const CardIssue = z.strictObject({
  notifier: Notifier,
  residentRecordCode: Code,
  kind: z.enum(CARD_KINDS),
  pin: Pin,
  handedBack: CardNumber.optional().meta({ description: 'A juki card, for an individual number card' }),
  reissue: z.boolean().default(false).meta({ description: 'In the place of a card that is lost or damaged' }),
});
export type CardIssue = z.infer<typeof CardIssue>;

export const PinChange = z.strictObject({ card: CardInReader, newPin: Pin });
export type PinChange = z.infer<typeof PinChange>;

export const CardUnlocking = z.strictObject({ notifier: Notifier, cardNumber: CardNumber, newPin: Pin });
export type CardUnlocking = z.infer<typeof CardUnlocking>;

export const CardVerification = z.strictObject({ card: CardInReader });
export const CardLoss = z.strictObject({ notifier: Notifier, residentRecordCode: Code });
export type CardLoss = z.infer<typeof CardLoss>;
export const CardFind = z.strictObject({ notifier: Notifier, cardNumber: CardNumber });
export type CardFind = z.infer<typeof CardFind>;
export const WhichCard = z.strictObject({ cardNumber: CardNumber });
export const LookAtCards = z.strictObject({ residentRecordCode: Code, purpose: Purpose });

const Standing = { state: z.enum(CARD_STATES), invalidBy: z.enum(INVALIDITY_CAUSES).nullable() };

/** A card as operators see it. */
export const CardView = z.object({
  cardNumber: z.string(),
  kind: z.enum(CARD_KINDS),
  residentRecordCode: z.string(),
  issuedOn: z.string(),
  expiresOn: z.string(),
  ...Standing,
  lapsesAfter: z.string().nullable(),
  movedTo: z.string().nullable(),
  events: z.array(z.object({ ...Standing, on: z.string(), operator: z.string().nullable() })),
});
export type CardView = z.infer<typeof CardView>;

/** Whose card it is. */
export const VerifiedCard = z.object({ name: z.string(), residentRecordCode: z.string(), municipality: z.string() });
export type VerifiedCard = z.infer<typeof VerifiedCard>;
