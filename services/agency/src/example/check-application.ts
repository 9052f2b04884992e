import { z } from 'zod';
import type { FourItems, ProvisionField } from '#core/domain/provision/inquiry.js';
import { readBySchema } from '#core/domain/schema-fault.js';
import type { Agency } from '../use-cases/agency-over.js';

/*
 * A worked example: an agency that grants a licence checks an application by what the network knows of the applicant, who
 * need not attach a copy of their resident record.
 */

const Application = z.strictObject({
  /** What the file shows, for whoever reads it. */
  note: z.string().optional(),
  /** What is applied for. */
  procedure: z.string(),
  /** The entry of the appended tables for the Act under which the licence is granted. */
  statutoryPurpose: z.string(),
  /** As they wrote it on the form. No code: nobody is asked for one. */
  applicant: z.strictObject({
    ...{ name: z.string(), birthDate: z.string(), sex: z.enum(['MALE', 'FEMALE']), address: z.string() },
  }),
});
export type Application = z.infer<typeof Application>;

/** What whoever handles the application is told. */
export type Finding =
  | { finding: 'NO_COPY_NEEDED'; spelledOtherwise: Spelled[] }
  /** The applicant is told to correct the form, not what is wrong with it: the network does not say how near it was. */
  | { finding: 'ASK_TO_CORRECT' }
  | { finding: 'RECORD_DELETED' }
  | { finding: 'IN_CORRECTION' };

/** The same value, as the form and as the register write it. */
interface Spelled {
  item: keyof FourItems;
  stated: string;
  register: string;
}

const ITEMS: readonly (readonly [ProvisionField, keyof FourItems])[] = [
  ['NAME', 'name'],
  ['BIRTH_DATE', 'birthDate'],
  ['SEX', 'sex'],
  ['ADDRESS', 'address'],
];

/** @throws Refusal INVALID_REQUEST */
export function readApplication(value: object): Application {
  return readBySchema(Application, value);
}

/** Asks by the four items on the form, and for no more of them than the purpose covers. */
export async function checkApplication(
  agency: Pick<Agency, 'purposes' | 'provide'>,
  { statutoryPurpose, applicant }: Application,
): Promise<Finding> {
  const purpose = (await agency.purposes()).find(({ id }) => id === statutoryPurpose);
  const fields = ITEMS.map(([field]) => field).filter((field) => purpose?.fields.includes(field) ?? true);
  const answer = await agency.provide({ statutoryPurpose, occasion: 'APPLICATION', fields }, { fourItems: applicant });
  if (answer.outcome === 'NOT_FOUND') return { finding: 'ASK_TO_CORRECT' };
  if (!('provided' in answer)) return { finding: 'IN_CORRECTION' };
  if (answer.deleted) return { finding: 'RECORD_DELETED' };
  const spelledOtherwise = ITEMS.flatMap(([, item]) => {
    const register = answer.provided[item];
    return register === undefined ? [] : [{ item, stated: applicant[item], register }];
  });
  return { finding: 'NO_COPY_NEEDED', spelledOtherwise };
}
