import { createHash } from 'node:crypto';
import { addressForm } from './address-form.js';
import type { IdentificationInformation } from './identification-information.js';
import { plainForm } from './personal-name.js';

/** The four items that somebody is found by whose code is not stated. */
export type MatchItems = Pick<IdentificationInformation, 'name' | 'birthDate' | 'sex' | 'address'>;

/**
 * One key for all spellings of the four items: SHA-256, hex. Who has it finds one person and can not go through all. It
 * hides nothing from somebody who can guess the items, so it stays where these are.
 */
export function matchKey({ name, birthDate, sex, address }: MatchItems): string {
  const canonical = JSON.stringify([plainForm(name), birthDate, sex, addressForm(address)]);
  return createHash('sha256').update(canonical).digest('hex');
}
