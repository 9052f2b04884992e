import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import { goesBy } from '#core/domain/personal-name.js';
import { Refusal } from '#core/domain/refusal.js';
import { CardNumber, Day, PersonName, Pin } from '../fields.js';
import type { ActNotifier } from '../register/act.js';
import { ACCEPTED_PHOTO_IDS, type IdentityDocument, PHOTO_ID_KINDS } from './identity-proof.js';

const PhotoId = z.strictObject({ kind: z.enum(PHOTO_ID_KINDS), expiresOn: Day, name: PersonName });
const Card = z.strictObject({ cardNumber: CardNumber, pin: Pin });

/** Who comes to the counter with a notification, and what they show (Article 27). */
export const Notifier = z
  .strictObject({
    photoId: PhotoId.optional(),
    card: Card.optional(),
    letterOfAttorney: z.boolean().default(false).meta({ description: 'An agent shows one' }),
  })
  .refine(({ photoId, card }) => (photoId === undefined) !== (card === undefined), 'shows a photo ID or a card');

export type Notifier = z.infer<typeof Notifier>;

/** A notifier whose identity is established. */
export interface IdentifiedNotifier {
  name: string;
  document: IdentityDocument;
  letterOfAttorney: boolean;
}

interface Named {
  name: string;
  commonName: string | null;
}

/**
 * By a photo ID. A driver's licence need not show the present address: who moves shows the one of before.
 *
 * @throws Refusal ID_NOT_ACCEPTED or ID_EXPIRED
 */
export function identifiedByPhotoId(
  { kind, expiresOn, name }: z.infer<typeof PhotoId>,
  letterOfAttorney: boolean,
  today: CalendarDate,
): IdentifiedNotifier {
  if (!ACCEPTED_PHOTO_IDS.includes(kind)) throw new Refusal('ID_NOT_ACCEPTED');
  if (expiresOn < today) throw new Refusal('ID_EXPIRED');
  return { name, document: kind, letterOfAttorney };
}

/**
 * By what right somebody notifies: for themselves, for a member of their household, or as an agent.
 *
 * @throws Refusal NOTIFIER_NOT_ENTITLED
 */
export function standingOf(
  { name, document, letterOfAttorney }: IdentifiedNotifier,
  concerned: Named[],
  household: Named[],
): ActNotifier {
  const isAmong = (people: Named[]) => people.some((person) => goesBy(person, name));
  if (isAmong(concerned)) return { name, document, standing: 'PERSON_CONCERNED' };
  if (isAmong(household)) return { name, document, standing: 'HOUSEHOLD_MEMBER' };
  if (letterOfAttorney) return { name, document, standing: 'AGENT' };
  throw new Refusal('NOTIFIER_NOT_ENTITLED');
}
