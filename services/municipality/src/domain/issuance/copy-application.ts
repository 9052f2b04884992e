import { z } from 'zod';
import { isCalendarDate } from '#core/domain/calendar-date.js';
import { isLocalGovernmentCode } from '#core/domain/local-government-code.js';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';
import { PHOTO_ID_KINDS } from '../counter/identity-proof.js';
import { MOST_NAMES } from './whom-to-print.js';

/** Characters that control, format or break a line have no place in a name, nor on the paper that it is printed on. */
const PersonName = z
  .string()
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,100}$/u, 'is not a name of 1 to 100 characters')
  .regex(/\S/, 'is blank');
const Day = z.string().refine(isCalendarDate, 'is not a day of the calendar').meta({ example: '1980-04-01' });
const Code = z
  .string()
  .refine(isResidentRecordCode, 'is not a resident record code')
  .meta({ description: '住民票コード', example: '24727059608' });
const MunicipalityCode = z
  .string()
  .refine(isLocalGovernmentCode, 'is not a local government code')
  .meta({ description: '全国地方公共団体コード', example: '131059' });

const Card = z.strictObject({
  kind: z.literal('CARD'),
  cardNumber: z.string().regex(/^[A-Z]{2}[0-9]{10}$/, 'is not a card number'),
  pin: z.string().regex(/^[0-9]{4}$/, 'is not a PIN of four digits'),
});

const PhotoId = z.strictObject({
  kind: z.literal('PHOTO_ID'),
  document: z.enum(PHOTO_ID_KINDS),
  expiresOn: Day,
  showsPresentAddress: z.boolean(),
  name: PersonName,
  stated: z.union([
    z.strictObject({ residentRecordCode: Code }),
    z.strictObject({ birthDate: Day, sex: z.enum(['MALE', 'FEMALE']) }),
  ]),
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
export { PersonName };
