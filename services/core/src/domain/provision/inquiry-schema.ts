import { z } from 'zod';
import { isCalendarDate } from '../calendar-date.js';
import { isLocalGovernmentCode, isPrefectureCode } from '../local-government-code.js';
import { isResidentRecordCode } from '../resident-record-code.js';
import { OCCASIONS, PROVISION_FIELDS } from './inquiry.js';

/** A whole value: there is no looking for parts of one. */
const Value = z.string().min(1, 'is missing').max(200, 'is longer than 200 characters');
const Day = z.string().refine(isCalendarDate, 'is not a day of the calendar');
const Sex = z.enum(['MALE', 'FEMALE'], 'is not stated');

const FourItems = z.strictObject({ name: Value, birthDate: Day, sex: Sex, address: Value });

const ByCode = z.strictObject({
  residentRecordCode: z.string().refine(isResidentRecordCode, 'is not a resident record code'),
  known: FourItems.partial().optional(),
});
const ByItems = z.strictObject({ fourItems: FourItems });

/** Who is asked for, by one key. */
export const PersonAskedForSchema = z.union([ByCode, ByItems], {
  error:
    'is asked for by a resident record code, or by name, birth date, sex and address, not by both or parts of them',
});

export const InquirySchema = z.strictObject({
  statutoryPurpose: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'is not the id of a statutory purpose'),
  occasion: z.enum(OCCASIONS, 'is not stated'),
  fields: z
    .array(z.enum(PROVISION_FIELDS))
    .min(1, 'names no field')
    .max(PROVISION_FIELDS.length, 'names a field twice'),
});

/** Immediate provision: one person, at once (即時提供). */
export const ImmediateInquiry = z.strictObject({ inquiry: InquirySchema, person: PersonAskedForSchema });
export type ImmediateInquiry = z.infer<typeof ImmediateInquiry>;

/** The same at an office that has another asked, for the tables that reach beyond the prefecture. */
export const InquiryBeyond = ImmediateInquiry.extend({
  prefecture: z.string().refine(isPrefectureCode, 'is not the code of a prefecture').optional(),
});
export type InquiryBeyond = z.infer<typeof InquiryBeyond>;

/** The same between governors: for a mayor of the one who asks, where one is named (table 4). */
export const InquiryOnBehalf = ImmediateInquiry.extend({
  municipality: z
    .string()
    .refine((code) => isLocalGovernmentCode(code) && !isPrefectureCode(code), 'is not the code of a municipality')
    .optional(),
});
export type InquiryOnBehalf = z.infer<typeof InquiryOnBehalf>;
