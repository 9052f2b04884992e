import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import { goesBy } from '#core/domain/personal-name.js';
import { Refusal } from '#core/domain/refusal.js';
import { CardNumber, Day, PersonName, Pin } from '../fields.js';
import type { ActNotifier } from '../register/act.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { ACCEPTED_PHOTO_IDS, type IdentityDocument, PHOTO_ID_KINDS } from './identity-proof.js';

const PhotoId = z.strictObject({
  kind: z.enum(PHOTO_ID_KINDS),
  expiresOn: Day,
  name: PersonName,
  birthDate: Day.optional().meta({ description: 'Needed where others here have the same name' }),
});
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
  /** What tells them from others of the same name: a card has the code, a document the birth date. */
  residentRecordCode?: string;
  birthDate?: CalendarDate;
}

type Named = Pick<ResidentRecord, 'name' | 'commonName' | 'birthDate' | 'residentRecordCode'>;

/**
 * By a photo ID. A driver's licence need not show the present address: who moves shows the one of before.
 *
 * @throws Refusal ID_NOT_ACCEPTED or ID_EXPIRED
 */
export function identifiedByPhotoId(
  { kind, expiresOn, name, birthDate }: z.infer<typeof PhotoId>,
  letterOfAttorney: boolean,
  today: CalendarDate,
): IdentifiedNotifier {
  if (!ACCEPTED_PHOTO_IDS.includes(kind)) throw new Refusal('ID_NOT_ACCEPTED');
  if (expiresOn < today) throw new Refusal('ID_EXPIRED');
  return { name, document: kind, letterOfAttorney, ...(birthDate !== undefined && { birthDate }) };
}

/**
 * By what right somebody notifies: for themselves, for a member of their household, or as an agent.
 *
 * @throws Refusal NOTIFIER_NOT_ENTITLED
 */
export function standingOf(identified: IdentifiedNotifier, concerned: Named[], household: Named[]): ActNotifier {
  const { name, document, letterOfAttorney } = identified;
  const isAmong = (people: Named[]) => people.some((person) => isThem(identified, person));
  if (isAmong(concerned)) return { name, document, standing: 'PERSON_CONCERNED' };
  if (isAmong(household)) return { name, document, standing: 'HOUSEHOLD_MEMBER' };
  if (letterOfAttorney) return { name, document, standing: 'AGENT' };
  throw new Refusal('NOTIFIER_NOT_ENTITLED');
}

function isThem({ name, residentRecordCode, birthDate }: IdentifiedNotifier, person: Named): boolean {
  if (residentRecordCode !== undefined) return person.residentRecordCode === residentRecordCode;
  return goesBy(person, name) && (birthDate ?? person.birthDate) === person.birthDate;
}
