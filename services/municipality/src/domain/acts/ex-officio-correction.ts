import type { CalendarDate } from '#core/domain/calendar-date.js';
import { sameName } from '#core/domain/personal-name.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Decision } from '../register/decision.js';
import { arrange, type Household } from '../register/household.js';
import { isWholePerson } from '../register/person.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { checkFollows, checkHasHappened } from './dates.js';
import type { ExOfficioCorrection, MinorCorrection } from './ex-officio.js';

/**
 * Corrects what a record says: upon a notice of the family register, or since it was wrong (Order 12). An address is
 * that of the whole household.
 *
 * @throws Refusal DATE_NOT_POSSIBLE, INVALID_REQUEST where the record would be half a Japanese's and half a foreign
 * resident's (who changes nationality is deleted, and entered anew), or what `arrange` says of the household
 */
export function decideExOfficioCorrection(
  correction: ExOfficioCorrection,
  corrected: ResidentRecord,
  household: Household,
  today: CalendarDate,
): Decision {
  const { residentRecordCode: _whose, on, address, withoutCommonName, ...stated } = correction;
  checkHasHappened('on', on, today);
  if (stated.birthDate !== undefined) {
    checkHasHappened('birthDate', stated.birthDate, today);
    checkFollows('birthDate', corrected.becameResidentOn, 'the birth', stated.birthDate);
  }
  const items = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
  const changes = { ...items, ...(withoutCommonName && { commonName: null }) };
  checkIsWhole({ ...corrected, ...changes });
  return {
    ...{ kind: 'EX_OFFICIO_CORRECTION', causeOn: on, deadline: null, before: household.members },
    after: arrange(rewrite(household, corrected, changes, address), [], 'ALLOWED'),
  };
}

/**
 * 軽微な修正: a variant of a character written plainly, a town or lot renamed, a building's name. The name stays the
 * same name.
 *
 * @throws Refusal DATE_NOT_POSSIBLE, INVALID_REQUEST where it is another name
 */
export function decideMinorCorrection(
  { on, name, commonName, address }: MinorCorrection,
  corrected: ResidentRecord,
  household: Household,
  today: CalendarDate,
): Decision {
  checkHasHappened('on', on, today);
  checkIsSame('name', name, corrected.name);
  checkIsSame('commonName', commonName, corrected.commonName);
  const changes = { ...(name !== undefined && { name }), ...(commonName !== undefined && { commonName }) };
  return {
    ...{ kind: 'MINOR_CORRECTION', causeOn: on, deadline: null, before: household.members },
    after: rewrite(household, corrected, changes, address),
  };
}

function rewrite(
  { members }: Household,
  { recordId }: ResidentRecord,
  changes: Partial<ResidentRecord>,
  address: string | undefined,
): ResidentRecord[] {
  const moved = members.map((record) => (address === undefined ? record : { ...record, address }));
  return moved.map((record) => (record.recordId === recordId ? { ...record, ...changes } : record));
}

function checkIsWhole(record: ResidentRecord): void {
  if (!isWholePerson(record)) throw new Refusal('INVALID_REQUEST', { fault: 'would make a record of half a Japanese' });
}

function checkIsSame(field: string, corrected: string | undefined, written: string | null): void {
  if (corrected === undefined || (written !== null && sameName(corrected, written))) return;
  throw new Refusal('INVALID_REQUEST', { field, fault: 'is another name: that is no minor correction' });
}
