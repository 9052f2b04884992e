import type { Holding } from '../fold-changes.js';
import type { IdentificationInformation } from '../identification-information.js';
import type { ResidentRecordCode } from '../resident-record-code.js';
import type { PersonAskedFor, Provided, ProvisionAnswer, ProvisionField, ToldChange } from './inquiry.js';
import { NOTHING } from './provision.js';

/** What a ledger has of somebody who is asked for. */
export interface Found {
  holding: Holding;
  /** Every code of theirs that led to it, the one that was asked for first. */
  codes: readonly ResidentRecordCode[];
  /** Whether it is known to be wrong. */
  isQuarantined: boolean;
}

const ITEMS = [
  ...([
    ['NAME', 'name'],
    ['BIRTH_DATE', 'birthDate'],
    ['SEX', 'sex'],
    ['ADDRESS', 'address'],
    ['RESIDENT_RECORD_CODE', 'residentRecordCode'],
  ] as const),
] as const;

/**
 * What is told of a person. Of the fields that are asked for, those are left out that were stated as they are: where
 * nothing is left, the answer is that there is no change (MIN).
 *
 * @param found undefined where nobody, or more than one, answers to what was stated
 * @param changes undefined where they are not asked for
 */
export function answerInquiry(
  person: PersonAskedFor,
  fields: readonly ProvisionField[],
  found: Found | undefined,
  changes?: readonly ToldChange[],
): ProvisionAnswer {
  if (!found) return { outcome: 'NOT_FOUND' };
  if (found.isQuarantined) return { outcome: 'IN_QUARANTINE' };
  const { identification, standing } = found.holding;
  const provided = { ...differing(person, fields, identification), ...(changes?.length && { changes: [...changes] }) };
  const outcome = Object.keys(provided).length > 0 ? 'PROVIDED' : 'AS_STATED';
  return { outcome, deleted: standing === 'DELETED', provided };
}

function differing(
  person: PersonAskedFor,
  fields: readonly ProvisionField[],
  held: IdentificationInformation,
): Provided {
  const stated: { [Item in keyof IdentificationInformation]?: IdentificationInformation[Item] | undefined } =
    'fourItems' in person ? person.fourItems : { ...person.known, residentRecordCode: person.residentRecordCode };
  const told: Provided = {};
  for (const [field, item] of ITEMS)
    if (fields.includes(field) && stated[item] !== held[item]) Object.assign(told, { [item]: held[item] });
  return told;
}

/** How the log calls what an answer gave; undefined where nobody was found. */
export function givenBy(answer: ProvisionAnswer): string | undefined {
  if (answer.outcome === 'NOT_FOUND') return undefined;
  if (!('provided' in answer)) return NOTHING;
  const fields: string[] = fieldsIn(answer.provided);
  if (fields.length === 0) fields.push('NO_CHANGE');
  return [...fields, ...(answer.deleted ? ['DELETED'] : [])].join(' ');
}

/** Which fields are told, in their order. */
export function fieldsIn(provided: Provided): ProvisionField[] {
  const fields: ProvisionField[] = ITEMS.filter(([, item]) => item in provided).map(([field]) => field);
  return provided.changes ? [...fields, 'CHANGE_INFORMATION'] : fields;
}
