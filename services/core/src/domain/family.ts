import { plainForm } from './personal-name.js';

/** As a record has them. */
export interface NameAndAddress {
  name: string;
  address: string;
}

/**
 * Whether two people have one family name at one address, as far as it can be seen from what is written: spaces, width
 * and well-known variants aside. The same person is of their own family.
 */
export function areOneFamily(one: NameAndAddress, other: NameAndAddress): boolean {
  const [family, home] = [familyName(one.name), plainForm(one.address)];
  if (family === '' || home === '') return false;
  return family === familyName(other.name) && home === plainForm(other.address);
}

/** What stands before the first space, of either width; a name without one is compared whole. */
function familyName(name: string): string {
  const [family = ''] = name.trim().split(/[ \u3000]/u);
  return plainForm(family);
}
