import type { NameAndAddress } from '../family.js';
import type { Inquiry, PersonAskedFor, ProvisionAnswer } from './inquiry.js';

/**
 * Whom an answer shows to whoever asked: what is told, and what was stated and is so. Undefined where name and address
 * are not both known from it.
 */
export function shownBy(
  person: PersonAskedFor,
  { fields }: Inquiry,
  answer: ProvisionAnswer,
): NameAndAddress | undefined {
  if (!('provided' in answer)) return undefined;
  const stated = 'fourItems' in person ? person.fourItems : confirmed(person, fields);
  const { name = stated.name, address = stated.address } = answer.provided;
  return name === undefined || address === undefined ? undefined : { name, address };
}

/** What is known besides a code is held against nothing that was not asked for. */
function confirmed(person: Exclude<PersonAskedFor, { fourItems: unknown }>, fields: Inquiry['fields']) {
  return {
    name: fields.includes('NAME') ? person.known?.name : undefined,
    address: fields.includes('ADDRESS') ? person.known?.address : undefined,
  };
}
