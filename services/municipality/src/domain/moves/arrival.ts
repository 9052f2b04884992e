import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Reason } from '#core/domain/refusal.js';
import { CardInReader } from '../cards/requests.js';
import { Address, Code, Day, MOST_PEOPLE, Relationship, Relationships } from '../fields.js';
import type { CertificateInformation } from './claim.js';

/** 最初の転入届: the card is handed over, with its PIN. */
export const FirstMoveIn = z.strictObject({ card: CardInReader, movedInOn: Day });
export type FirstMoveIn = z.infer<typeof FirstMoveIn>;

/** 転入届 of who moves with a card, once the origin has certified. */
export const SpecialMoveIn = z.strictObject({
  arrivalId: z.uuid('is not a UUID'),
  address: Address,
  joinHouseholdOf: Code.optional().meta({ description: 'A member of the household that they join; else a new one' }),
  people: z
    .array(z.strictObject({ residentRecordCode: Code, relationship: Relationship }))
    .max(MOST_PEOPLE)
    .default([])
    .meta({ description: 'Who comes; all, with the relationships that they had, where nobody is named' }),
  relationships: Relationships,
});
export type SpecialMoveIn = z.infer<typeof SpecialMoveIn>;

export const ArrivalId = z.strictObject({ arrivalId: z.uuid('is not a UUID') });

/**
 * How a special move-in stands at the destination.
 * - CLAIMING: the origin is asked, or will be asked again; its answer may have been lost;
 * - CLAIMED: its certificate information is here; an officer enters the people;
 * - ENTERED: they are on this register; the origin is told until it has heard it;
 * - RELEASING: nobody was entered, and nobody will be; the origin is told until it has heard it;
 * - CLOSED, RELEASED and REFUSED are ends.
 */
export type ArrivalState = 'CLAIMING' | 'CLAIMED' | 'ENTERED' | 'RELEASING' | 'CLOSED' | 'RELEASED' | 'REFUSED';

export interface Arrival {
  /** Names the claim at the origin. */
  arrivalId: string;
  origin: OfficeId;
  /** The card that was handed over, and the code on it. */
  cardNumber: string;
  residentRecordCode: string;
  movedInOn: CalendarDate;
  /** When the first move-in was notified: from then on its deadlines count. */
  notifiedOn: CalendarDate;
  state: ArrivalState;
  /** As long as people can be entered upon it; it is not kept any longer. */
  certificate: CertificateInformation | null;
  /** Why it did not go on when it was last tried. */
  problem: Reason | null;
  /** Since when it stands so. */
  changedAt: Date;
}
