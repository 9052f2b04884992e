import { type Inquiry, type Occasion, PROVISION_FIELDS } from './inquiry.js';

/**
 * What the log says of a provision besides who, when and whom (Regulations 21, 27): by which entry of the tables
 * (事務区分), on which occasion (事由), and what was given. It tells nothing of a person.
 */
export interface Provision {
  statutoryPurpose: string;
  occasion: Occasion;
  /** Where it is another than who asked: a mayor, for whom a governor did. An office's URI. */
  recipient?: string | undefined;
  /** Of the people that the entry names, in their order: to so many of them this was given. */
  given: readonly (readonly [what: string, people: number])[];
}

/** Of somebody who was found, and of whom nothing may be told for now. */
export const NOTHING = 'NOTHING';

/** What the log calls what was given: fields, or that they are as stated; and whether the record is deleted. */
export const GIVEN_WORDS = [...PROVISION_FIELDS, ...(['NO_CHANGE', 'DELETED', NOTHING] as const)] as const;
export type GivenWord = (typeof GIVEN_WORDS)[number];

/** @param given of each person, in their order */
export function provisionOf(
  { statutoryPurpose, occasion }: Pick<Inquiry, 'statutoryPurpose' | 'occasion'>,
  given: readonly string[],
  recipient?: string,
): Provision {
  const runs: [string, number][] = [];
  for (const what of given) {
    const last = runs.at(-1);
    if (last?.[0] === what) last[1] += 1;
    else runs.push([what, 1]);
  }
  return { statutoryPurpose, occasion, ...(recipient !== undefined && { recipient }), given: runs };
}

/** What somebody was given about one person, taken together. */
export function givenTogether(...given: readonly string[]): string {
  const words = new Set(given.flatMap((what) => what.split(' ')));
  if (PROVISION_FIELDS.some((field) => words.has(field))) words.delete('NO_CHANGE');
  if (words.size > 1) words.delete(NOTHING);
  return GIVEN_WORDS.filter((word) => words.has(word)).join(' ');
}

/** Whether it is in the words of the log, in their order. */
export function isGiven(what: string): boolean {
  return what !== 'DELETED' && what !== '' && givenTogether(what) === what;
}

/** What was given about one of the people whom the entry names; undefined where it does not say. */
export function givenAbout({ given }: Provision, nth: number): string | undefined {
  let before = 0;
  return given.find(([, people]) => {
    before += people;
    return nth < before;
  })?.[0];
}

/** How many people it says what was given about, which are those that its entry names. */
export function peopleNamedIn({ given }: Provision): number {
  return given.reduce((sum, [, people]) => sum + people, 0);
}

/** How many people something was given about. */
export function peopleIn({ given }: Provision): number {
  return given.reduce((sum, [what, people]) => (what === NOTHING ? sum : sum + people), 0);
}
