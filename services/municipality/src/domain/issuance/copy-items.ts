import { Refusal } from '#core/domain/refusal.js';

/** Article 7's items in every wide-area copy: name, birth date, sex, residence since, address, notification. */
const ALWAYS = [1, 2, 3, 6, 7, 8];
/** Only when specially asked for: householder and relationship; resident record code. */
const HOUSEHOLD = 4;
const CODE = 13;

/** What is specially asked for (Order 15-3). */
export interface SpecialItems {
  household: boolean;
  residentRecordCode: boolean;
}

/**
 * Reads the items that an applicant chose, by their numbers in Article 7.
 *
 * @throws Refusal ITEM_NOT_ALLOWED for 5, 9 to 12, 14 and every other number (NEVER).
 */
export function specialItems(chosen: readonly number[]): SpecialItems {
  if (chosen.some((item) => ![...ALWAYS, HOUSEHOLD, CODE].includes(item))) throw new Refusal('ITEM_NOT_ALLOWED');
  return { household: chosen.includes(HOUSEHOLD), residentRecordCode: chosen.includes(CODE) };
}
