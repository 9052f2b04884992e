import { Refusal } from './refusal.js';
import { isResidentRecordCode, type ResidentRecordCode } from './resident-record-code.js';

/** An operator's look at one person: by code only, and for a purpose that they state. */
export interface LookUp {
  code: ResidentRecordCode;
  purpose: string;
}

/** @throws Refusal INVALID_REQUEST with the field at fault */
export function checkLookUp(asked: { residentRecordCode: string; purpose: string }): LookUp {
  const { residentRecordCode: code, purpose } = asked;
  const invalid = (field: string, fault: string) => new Refusal('INVALID_REQUEST', { field, fault });
  if (!isResidentRecordCode(code)) throw invalid('resident_record_code', 'is not a resident record code');
  if (!/^\P{Cc}{1,100}$/u.test(purpose) || !purpose.trim()) throw invalid('purpose', 'is not 1 to 100 characters');
  return { code, purpose };
}
