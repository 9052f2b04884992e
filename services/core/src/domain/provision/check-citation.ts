import type { CalendarDate } from '../calendar-date.js';
import { Refusal } from '../refusal.js';
import { type Inquiry, PROVISION_FIELDS, type ProvisionField } from './inquiry.js';
import { purposesOf, type Recipient } from './recipient.js';
import { isInForce, type StatutoryPurpose, type Table } from './statutory-purpose.js';

/** A purpose that a recipient may cite, and what it covers for them. */
export interface Citable {
  purpose: StatutoryPurpose;
  fields: readonly ProvisionField[];
  /** The last day of the recipient's own registration; null where there is none. */
  until: CalendarDate | null;
}

/** So many purposes are named to whoever cites another. */
const MOST_NAMED = 10;

/** What an office may cite of some tables, or could once: for offices each purpose covers all that there is to provide. */
export function citableByOffice(
  purposes: readonly StatutoryPurpose[],
  tables: readonly Table[],
  recipient: Recipient,
): Citable[] {
  const named = tables.flatMap((table) => purposesOf(purposes, table, recipient));
  return named.map((purpose) => ({ purpose, fields: PROVISION_FIELDS, until: null }));
}

/** The last day on which a recipient may cite a purpose; null while none is known. */
export function lastDayOf({ purpose, until }: Citable): CalendarDate | null {
  return [until, purpose.until].filter((day) => day !== null).toSorted()[0] ?? null;
}

/** Whether a recipient may cite a purpose today. */
export function isCitableOn({ purpose, until }: Citable, day: CalendarDate): boolean {
  return isInForce(purpose, day) && (until === null || day <= until);
}

/**
 * Nothing is provided without an entry of the tables that names recipient and purpose (BASIS, Article 30-30), and of a
 * person nothing that the purpose does not cover (MIN).
 *
 * @param citable every purpose that the recipient may cite, or could once
 * @returns what is cited
 * @throws Refusal PURPOSE_NOT_ALLOWED, which says what the recipient may cite; PURPOSE_NOT_IN_FORCE, FIELD_NOT_COVERED
 */
export function checkCitation(
  citable: readonly Citable[],
  { statutoryPurpose, fields }: Inquiry,
  day: CalendarDate,
): StatutoryPurpose {
  const cited = citable.find(({ purpose }) => purpose.id === statutoryPurpose);
  if (!cited) throw notAllowed(citable.filter((one) => isCitableOn(one, day)));
  if (!isCitableOn(cited, day)) throw new Refusal('PURPOSE_NOT_IN_FORCE', { field: 'statutory_purpose' });
  const beyond = fields.find((field) => !cited.fields.includes(field));
  if (beyond)
    throw new Refusal('FIELD_NOT_COVERED', {
      field: 'fields',
      fault: `${beyond} is not among ${cited.fields.join(', ')}`,
    });
  return cited.purpose;
}

function notAllowed(citable: readonly Citable[]): Refusal {
  const named = citable.slice(0, MOST_NAMED).map(({ purpose }) => purpose.id);
  const more = citable.length > MOST_NAMED ? ` and ${citable.length - MOST_NAMED} more` : '';
  const fault = named.length === 0 ? 'may cite none' : `may cite ${named.join(', ')}${more}`;
  return new Refusal('PURPOSE_NOT_ALLOWED', { field: 'statutory_purpose', fault });
}
