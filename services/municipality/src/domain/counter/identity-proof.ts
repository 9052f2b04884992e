import type { CalendarDate } from '#core/domain/calendar-date.js';
import { Refusal } from '#core/domain/refusal.js';
import type { KnownBy } from '../issuance/copy-data-request.js';

/** Documents that people show; see ACCEPTED_PHOTO_IDS for those that count. */
export const PHOTO_ID_KINDS = [
  'DRIVERS_LICENCE',
  'PASSPORT',
  'OTHER_PUBLIC_OFFICE',
  'HEALTH_INSURANCE_CARD',
  'STUDENT_OR_EMPLOYEE_CARD',
] as const;

export type PhotoIdKind = (typeof PHOTO_ID_KINDS)[number];

/** What somebody at a counter showed. */
export type IdentityDocument = PhotoIdKind | 'CARD';

/** With a photograph, and from a public office (Regulation 5). */
export const ACCEPTED_PHOTO_IDS: readonly PhotoIdKind[] = ['DRIVERS_LICENCE', 'PASSPORT', 'OTHER_PUBLIC_OFFICE'];

/** A document with a photograph, as the clerk read it, and what the applicant stated besides. */
export interface PhotoIdProof {
  kind: 'PHOTO_ID';
  document: PhotoIdKind;
  expiresOn: CalendarDate;
  showsPresentAddress: boolean;
  name: string;
  stated: KnownBy;
}

/** A card in the reader, and the PIN that its holder keyed in. */
export interface CardProof {
  kind: 'CARD';
  cardNumber: string;
  pin: string;
}

export type IdentityProof = CardProof | PhotoIdProof;

/** Who the applicant is, once the proof is accepted. */
export interface Applicant {
  name: string;
  knownBy: KnownBy;
}

/** By a card, which holds the code. */
export function applicantWith({ name, residentRecordCode }: { name: string; residentRecordCode: string }): Applicant {
  return { name, knownBy: { residentRecordCode } };
}

/**
 * Whether a photo ID proves identity here: from a public office, valid on the day (its last day included), and for a
 * driver's licence with the present address.
 *
 * @throws Refusal ID_NOT_ACCEPTED or ID_EXPIRED
 */
export function acceptPhotoId(proof: PhotoIdProof, today: CalendarDate): Applicant {
  if (!ACCEPTED_PHOTO_IDS.includes(proof.document)) throw new Refusal('ID_NOT_ACCEPTED');
  if (proof.document === 'DRIVERS_LICENCE' && !proof.showsPresentAddress) throw new Refusal('ID_NOT_ACCEPTED');
  if (proof.expiresOn < today) throw new Refusal('ID_EXPIRED');
  return { name: proof.name, knownBy: proof.stated };
}
