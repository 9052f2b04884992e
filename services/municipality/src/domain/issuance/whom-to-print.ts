import { goesBy } from '#core/domain/personal-name.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecord } from '../register/resident-record.js';

/** Named members on one copy. */
export const MOST_NAMES = 20;

/** Whose records go on the copy: the applicant's own, or those of members of the same household. */
export type WhomToPrint =
  | { kind: 'APPLICANT' }
  | { kind: 'WHOLE_HOUSEHOLD' }
  | { kind: 'NAMED_MEMBERS'; names: string[] };

/**
 * The records to print, out of the active members of the applicant's household.
 *
 * @throws Refusal NOT_SAME_HOUSEHOLD, the same whether the person named lives elsewhere or nowhere; AMBIGUOUS where a
 * name fits two members.
 */
export function recordsToPrint(
  applicant: ResidentRecord,
  members: ResidentRecord[],
  whom: WhomToPrint,
): ResidentRecord[] {
  if (whom.kind === 'APPLICANT') return [applicant];
  if (whom.kind === 'WHOLE_HOUSEHOLD') return members;
  const named = new Set(whom.names.map((name) => memberNamed(name, members)));
  return members.filter((member) => named.has(member));
}

function memberNamed(name: string, members: ResidentRecord[]): ResidentRecord {
  const [found, another] = members.filter((member) => goesBy(member, name));
  if (!found) throw new Refusal('NOT_SAME_HOUSEHOLD');
  if (another) throw new Refusal('AMBIGUOUS');
  return found;
}
