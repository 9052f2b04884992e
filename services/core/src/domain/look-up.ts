import { Refusal } from './refusal.js';
import { isResidentRecordCode, type ResidentRecordCode } from './resident-record-code.js';

/** An operator's look at one person: by code only, and for a purpose that they state. */
export interface LookUp {
  code: ResidentRecordCode;
  purpose: string;
}

/** @throws Refusal INVALID_REQUEST with the field at fault */
export function checkLookUp({
  residentRecordCode: code,
  purpose,
}: {
  residentRecordCode: string;
  purpose: string;
}): LookUp {
  if (!isResidentRecordCode(code))
    throw new Refusal('INVALID_REQUEST', { field: 'resident_record_code', fault: 'is not a resident record code' });
  return { code, purpose: checkPurpose(purpose) };
}

/** One line that somebody can read, with nothing in it that controls, formats or is not to be seen. */
const LINE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,100}$/u;
const TO_BE_SEEN = /[^\s\p{Variation_Selector}]/u;

/** Why an operator looks, in their own words. @throws Refusal INVALID_REQUEST */
export function checkPurpose(purpose: string): string {
  if (!LINE.test(purpose) || !TO_BE_SEEN.test(purpose))
    throw new Refusal('INVALID_REQUEST', { field: 'purpose', fault: 'is not 1 to 100 characters' });
  return purpose;
}
