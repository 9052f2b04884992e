import { z } from 'zod';
import { isCalendarDate } from '#core/domain/calendar-date.js';
import { isLocalGovernmentCode } from '#core/domain/local-government-code.js';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';
import { isRelationship } from './register/relationship.js';

/** Fields of what is keyed in at a counter. Both entrances read them with these schemas. */

/** Characters that control, format or break a line have no place in a register, nor on the paper that it is printed on. */
function line(most: number, what: string) {
  return z
    .string()
    .regex(
      new RegExp(`^[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{1,${most}}$`, 'u'),
      `is not ${what} of 1 to ${most} characters`,
    )
    .regex(/[^\s\p{Variation_Selector}]/u, 'is blank');
}

export const PersonName = line(100, 'a name');
export const Reading = line(100, 'a reading');
export const Address = line(200, 'an address').meta({ example: '東京都文京区春日一丁目16番21号' });
export const Text = line(200, 'a text');
/** Why an operator looks, in their own words. */
export const Purpose = line(100, 'a purpose');

export const Day = z.string().refine(isCalendarDate, 'is not a day of the calendar').meta({ example: '1980-04-01' });

export const Sex = z.enum(['MALE', 'FEMALE']);

export const Code = z
  .string()
  .refine(isResidentRecordCode, 'is not a resident record code')
  .meta({ description: '住民票コード', example: '24727059608' });

export const MunicipalityCode = z
  .string()
  .refine(isLocalGovernmentCode, 'is not a local government code')
  .meta({ description: '全国地方公共団体コード', example: '131059' });

export const Relationship = z
  .string()
  .refine(isRelationship, 'is not a relationship')
  .meta({ description: '続柄, the path from the householder', example: '子の妻' });

export const CardNumber = z.string().regex(/^[A-Z]{2}[0-9]{10}$/, 'is not a card number');
export const Pin = z.string().regex(/^[0-9]{4}$/, 'is not a PIN of four digits');

/** People of one household on one notification. */
export const MOST_PEOPLE = 20;

/** Nobody among them is named twice. */
const CodeList = z.array(Code).max(MOST_PEOPLE);
const areDifferent = (codes: string[]) => new Set(codes).size === codes.length;

export const Codes = CodeList.min(1).refine(areDifferent, 'names somebody twice');
export const SomeCodes = CodeList.refine(areDifferent, 'names somebody twice').default([]);

export const Relationships = z
  .array(z.strictObject({ residentRecordCode: Code, relationship: Relationship }))
  .max(MOST_PEOPLE)
  .refine((stated) => areDifferent(stated.map((one) => one.residentRecordCode)), 'names somebody twice')
  .default([])
  .meta({ description: 'Relationships that change: of those who come, and of those who stay' });

/** What the symbols on move-out certificates hold. */
export const Certificates = z.array(z.string().min(1).max(8_000)).max(8).default([]);
