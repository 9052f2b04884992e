import type { CalendarDate } from '../calendar-date.js';
import type { ChangeReason } from '../change-information.js';
import type { IdentificationInformation } from '../identification-information.js';
import type { ResidentRecordCode } from '../resident-record-code.js';

/** The term that whoever asks gives in its account; which purpose of the tables it cites stands in the question. */
export const PROVISION = 'PROVISION';

/** 本人確認情報 field by field: what can be asked for, and what a statutory purpose covers (Article 30-5). */
export const PROVISION_FIELDS = [
  ...(['NAME', 'BIRTH_DATE', 'SEX', 'ADDRESS', 'RESIDENT_RECORD_CODE', 'CHANGE_INFORMATION'] as const),
] as const;
export type ProvisionField = (typeof PROVISION_FIELDS)[number];

/** 事由: what the recipient is doing when it asks. */
export const OCCASIONS = ['APPLICATION', 'NOTIFICATION', 'STATUS_REPORT', 'INSPECTION'] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** What somebody is known by who does not state a code. */
export type FourItems = Omit<IdentificationInformation, 'residentRecordCode'>;

/** What is known of somebody besides their code. */
type Known = { [Item in keyof FourItems]?: FourItems[Item] | undefined };

/** Who is asked for: by code or by the four items, never both; and what is known of them besides a code. */
export type PersonAskedFor =
  | { residentRecordCode: ResidentRecordCode; known?: Known | undefined }
  | { fourItems: FourItems };

/** What is asked for, and by which right. */
export interface Inquiry {
  /** The id of the statutory purpose that is cited. */
  statutoryPurpose: string;
  occasion: Occasion;
  fields: readonly ProvisionField[];
}

/** What changed, without the data that it is about. */
export interface ToldChange {
  reason: ChangeReason;
  causeOn: CalendarDate;
}

/** The fields that are told: none that was not asked for, or was stated as it is (MIN). */
export interface Provided extends Partial<IdentificationInformation> {
  changes?: ToldChange[];
}

/** What is told of a person. */
export type ProvisionAnswer =
  | { outcome: 'NOT_FOUND' | 'IN_QUARANTINE' }
  | { outcome: 'AS_STATED' | 'PROVIDED'; deleted: boolean; provided: Provided };
