import { z } from 'zod';
import { Address, Code, Day, PersonName, Purpose, Reading } from '../fields.js';

/** What fits on a screen. Whoever states so little that more answer has to state more. */
export const MOST_FOUND = 20;

/**
 * 検索 at the counter. Each criterion is met whole or not at all, so there is no looking through everybody; a birth date
 * alone, which would be a list of people, is none.
 */
export const Search = z
  .strictObject({
    purpose: Purpose,
    residentRecordCode: Code.optional(),
    name: PersonName.optional(),
    nameReading: Reading.optional(),
    birthDate: Day.optional(),
    address: Address.optional(),
  })
  .refine(
    ({ residentRecordCode, name, nameReading, address }) =>
      [residentRecordCode, name, nameReading, address].some((criterion) => criterion !== undefined),
    'states a code, a name, a reading or an address',
  );

export type Search = z.infer<typeof Search>;
export type SearchCriteria = Omit<Search, 'purpose'>;
