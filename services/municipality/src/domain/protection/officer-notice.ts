import type { OfficeId } from '#core/domain/office.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { RestrictionKind } from './restriction.js';

/** What an officer at home is told when a copy of a restricted record was asked for elsewhere. */
export interface OfficerNotice {
  at: Date;
  residentRecordCode: ResidentRecordCode;
  kind: RestrictionKind;
  askedBy: OfficeId;
  exchange: string;
}
