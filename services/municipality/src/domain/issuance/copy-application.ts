import { z } from 'zod';
import { PHOTO_ID_KINDS } from '../counter/identity-proof.js';
import { CardNumber, Code, Day, MunicipalityCode, PersonName, Pin, Sex } from '../fields.js';
import { MOST_NAMES } from './whom-to-print.js';

const Card = z.strictObject({
  kind: z.literal('CARD'),
  cardNumber: CardNumber,
  pin: Pin,
});

const PhotoId = z.strictObject({
  kind: z.literal('PHOTO_ID'),
  document: z.enum(PHOTO_ID_KINDS),
  expiresOn: Day,
  showsPresentAddress: z.boolean(),
  name: PersonName,
  stated: z.union([z.strictObject({ residentRecordCode: Code }), z.strictObject({ birthDate: Day, sex: Sex })]),
});

const Whom = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('APPLICANT') }),
  z.strictObject({ kind: z.literal('WHOLE_HOUSEHOLD') }),
  z.strictObject({ kind: z.literal('NAMED_MEMBERS'), names: z.array(PersonName).min(1).max(MOST_NAMES) }),
]);

/** What an applicant asks for at the counter, and shows. Both entrances of the counter read it with this schema. */
export const CopyApplication = z.strictObject({
  homeMunicipality: MunicipalityCode,
  identityProof: z.discriminatedUnion('kind', [Card, PhotoId]),
  whom: Whom.default({ kind: 'APPLICANT' }),
  items: z
    .array(z.number().int().min(1).max(14))
    .max(14)
    .default([])
    .meta({ description: 'Items of Article 7; 1, 2, 3, 6, 7 and 8 come with every copy, 4 and 13 when named' }),
});

export type CopyApplication = z.infer<typeof CopyApplication>;
