import type { CalendarDate } from '../calendar-date.js';
import type { LocalGovernmentCode } from '../local-government-code.js';
import { Refusal } from '../refusal.js';
import { type Citable, checkCitation } from './check-citation.js';
import type { InquiryBeyond } from './inquiry-schema.js';
import type { Table } from './statutory-purpose.js';

/** By these, people of other prefectures are asked about. */
const BEYOND: readonly Table[] = [3, 4];

/**
 * Which table an office cites at its own counter: from it follows which ledger is asked, so that has to be stated where
 * it can be more than one, and nowhere else.
 *
 * @param own the prefecture of the office
 * @throws Refusal as checkCitation, INVALID_REQUEST
 */
export function tableCited(
  citable: readonly Citable[],
  { inquiry, prefecture }: InquiryBeyond,
  own: LocalGovernmentCode,
  day: CalendarDate,
): Table {
  const { table } = checkCitation(citable, inquiry, day);
  const fault = BEYOND.includes(table) ? faultBeyond(prefecture, own) : faultWithin(prefecture);
  if (fault) throw new Refusal('INVALID_REQUEST', { field: 'prefecture', fault });
  return table;
}

function faultBeyond(prefecture: LocalGovernmentCode | undefined, own: LocalGovernmentCode): string | undefined {
  if (prefecture === undefined) return 'is missing: the purpose is for people of another prefecture';
  return prefecture === own ? 'is its own: the purpose is for people of another prefecture' : undefined;
}

function faultWithin(prefecture: LocalGovernmentCode | undefined): string | undefined {
  return prefecture === undefined ? undefined : 'is stated: the purpose is for people of its own prefecture';
}
