import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import { isCalendarDate } from '#core/domain/calendar-date.js';
import type { Citable } from '#core/domain/provision/check-citation.js';
import { PROVISION_FIELDS, type ProvisionField } from '#core/domain/provision/inquiry.js';
import { isNamedIn } from '#core/domain/provision/recipient.js';
import { purposeById } from '#core/domain/provision/statutory-purpose.js';
import { Refusal } from '#core/domain/refusal.js';

/** Of the appended tables, the one by which the centre provides (Article 30-7(3)). */
const TABLE_OF_THE_CENTRE = 1;

/** A purpose that an agency may cite, and what it covers for it. */
interface RegisteredPurpose {
  statutoryPurpose: string;
  fields: ProvisionField[];
  until: CalendarDate | null;
}

/** A body that the appended tables name, as the centre has registered it. */
export interface Agency extends AgencyRegistration {
  revokedAt: Date | null;
}

const Text = z.string().min(1, 'is missing').max(200, 'is longer than 200 characters');

/** What an operator of the centre registers. */
export const AgencyRegistration = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'is not a name that a certificate can have'),
  /** Its names in the tables: 日本年金機構. */
  bodies: z.array(Text).min(1, 'names none').max(20, 'names more than 20'),
  purposes: z
    .array(
      z.strictObject({
        statutoryPurpose: z.string().max(64),
        fields: z.array(z.enum(PROVISION_FIELDS)).min(1, 'names no field').max(PROVISION_FIELDS.length),
        until: z
          .string()
          .refine(isCalendarDate, 'is not a day of the calendar')
          .nullish()
          .transform((day) => day ?? null),
      }),
    )
    .max(200, 'names more than 200'),
});
export type AgencyRegistration = z.infer<typeof AgencyRegistration>;

/**
 * A registration gives nobody more than the tables do: each purpose has to name one of the agency's bodies.
 *
 * @throws Refusal PURPOSE_NOT_ALLOWED, INVALID_REQUEST where a purpose is stated twice
 */
export function checkRegistration({ bodies, purposes }: AgencyRegistration): void {
  const ids = purposes.map(({ statutoryPurpose }) => statutoryPurpose);
  if (new Set(ids).size < ids.length)
    throw new Refusal('INVALID_REQUEST', { field: 'purposes', fault: 'names a purpose twice' });
  const stranger = ids.find((id) => !isOfCentre(id, bodies));
  if (stranger !== undefined)
    throw new Refusal('PURPOSE_NOT_ALLOWED', { field: 'purposes', fault: 'names one that is not for these bodies' });
}

function isOfCentre(id: string, bodies: readonly string[]): boolean {
  const purpose = purposeById(id);
  return purpose?.table === TABLE_OF_THE_CENTRE && isNamedIn(purpose, { kind: 'agency', bodies });
}

/** What an agency may cite: what it is registered for, as far as the tables still know it. */
export function citableBy({ purposes }: RegisteredAgency): Citable[] {
  return purposes.flatMap(({ statutoryPurpose, fields, until }: RegisteredPurpose) => {
    const purpose = purposeById(statutoryPurpose);
    return purpose ? [{ purpose, fields, until }] : [];
  });
}

type RegisteredAgency = Pick<Agency, 'purposes'>;

/** @throws Refusal AGENCY_NOT_REGISTERED, also where the registration was revoked */
export function registered(agency: Agency | undefined): Agency {
  if (!agency || agency.revokedAt !== null) throw new Refusal('AGENCY_NOT_REGISTERED');
  return agency;
}
