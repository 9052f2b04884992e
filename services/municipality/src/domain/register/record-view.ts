import { z } from 'zod';
import { Code, Day, Purpose } from '../fields.js';
import { RESTRICTION_KINDS, type RestrictionKind } from '../protection/restriction.js';
import { type Act, isLate } from './act.js';
import type { RecordVersion } from './record-version.js';
import type { ResidentRecord } from './resident-record.js';

/** Whose record to look at, and why. */
export const Look = z.strictObject({ residentRecordCode: Code, purpose: Purpose });
export const LookAsOf = z.strictObject({ ...Look.shape, asOf: Day.optional() });
export const LookWithPurpose = z.strictObject({ purpose: Purpose });

/** A record as operators see it: the items of Article 7 but 9 to 12, which are shown to nobody. */
export const ResidentRecordView = z.object({
  recordId: z.string(),
  householdId: z.string(),
  name: z.string(),
  nameReading: z.string(),
  commonName: z.string().nullable(),
  birthDate: z.string(),
  sex: z.enum(['MALE', 'FEMALE']),
  relationship: z.string(),
  householderName: z.string(),
  registeredDomicile: z.string().nullable(),
  firstListedPerson: z.string().nullable(),
  nationality: z.string().nullable(),
  residenceStatus: z.string().nullable(),
  becameResidentOn: z.string(),
  address: z.string(),
  movedWithinTownOn: z.string().nullable(),
  notifiedOn: z.string(),
  previousAddress: z.string().nullable(),
  residentRecordCode: z.string(),
  deletedOn: z.string().nullable(),
  deletionReason: z.enum(['MOVE_OUT', 'DEATH', 'EX_OFFICIO_DELETION']).nullable(),
  destination: z.string().nullable(),
  restrictions: z.array(z.enum(RESTRICTION_KINDS)).meta({ description: 'What forbids copies today' }),
});
export type ResidentRecordView = z.infer<typeof ResidentRecordView>;

/** What changed the register, as its history shows it. */
const ActView = z.object({
  actId: z.string(),
  kind: z.string(),
  causeOn: z.string(),
  acceptedOn: z.string(),
  late: z.boolean(),
  operator: z.string(),
  checkedBy: z.string().nullable(),
  grounds: z.string().nullable(),
  notifierName: z.string().nullable(),
  notifierStanding: z.string().nullable(),
  notifierDocument: z.string().nullable(),
});

export const RecordVersionView = z.object({
  ordinal: z.number().int(),
  recordedOn: z.string(),
  act: ActView.optional(),
  residentRecord: ResidentRecordView,
  retainedUntil: z.string().nullable(),
});
export type RecordVersionView = z.infer<typeof RecordVersionView>;

/** A record, the name of the householder that its item 4 is about, and what forbids copies of it today. */
export interface RecordView {
  record: ResidentRecord;
  householderName: string;
  restrictions: RestrictionKind[];
}

export function residentRecordView({ record, householderName, restrictions }: RecordView): ResidentRecordView {
  const { municipalItems: _shownToNobody, changeVersion: _ofTheLine, ...items } = record;
  return { ...items, householderName, restrictions };
}

export function recordVersionView(
  version: RecordVersion & { householderName: string; act: Act | undefined; retainedUntil: string | null },
): RecordVersionView {
  const { ordinal, recordedOn, act, record, householderName, retainedUntil } = version;
  const residentRecord = residentRecordView({ record, householderName, restrictions: [] });
  return { ordinal, recordedOn, ...(act && { act: actView(act) }), residentRecord, retainedUntil };
}

function actView(act: Act): z.infer<typeof ActView> {
  const { actId, kind, causeOn, acceptedOn, operator, checkedBy, grounds, notifier } = act;
  return {
    ...{ actId, kind, causeOn, acceptedOn, late: isLate(act), operator, checkedBy, grounds },
    notifierName: notifier?.name ?? null,
    notifierStanding: notifier?.standing ?? null,
    notifierDocument: notifier?.document ?? null,
  };
}
