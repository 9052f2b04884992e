import { z } from 'zod';
import { type CalendarDate, japaneseDate } from '#core/domain/calendar-date.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { CopyApplication } from './copy-application.js';
import { type SpecialItems, specialItems } from './copy-items.js';
import { type CopyRecord, copyRecordOf } from './copy-record.js';

/** 住民票の写しの交付請求 by a resident at their own municipality's counter (Article 12). */
export const HomeCopyApplication = z.strictObject({
  ...CopyApplication.pick({ identityProof: true, whom: true }).shape,
  items: CopyApplication.shape.items.unwrap().default([]).meta({
    description: 'Items of Article 7; 1, 2, 3, 6, 7 and 8 come with every copy, 4, 5 and 13 when named',
  }),
});
export type HomeCopyApplication = z.infer<typeof HomeCopyApplication>;

const FAMILY_REGISTER = 5;

/** What of a record goes on a copy at home beside what goes on any. */
export interface HomeItems extends SpecialItems {
  familyRegister: boolean;
}

/** One person's part of a copy at home. */
export interface HomeCopyRecord extends CopyRecord {
  /** Item 5, or for a foreign resident nationality and residence status. */
  familyRegister?: Pick<ResidentRecord, 'registeredDomicile' | 'firstListedPerson' | 'nationality' | 'residenceStatus'>;
}

/** 住民票の写し, made by the municipality whose register it is. */
export interface HomeCopy {
  records: HomeCopyRecord[];
  issuedOn: CalendarDate;
  /** By the municipality's ordinance, in yen. */
  feeYen: number;
  statement: string;
}

/**
 * Reads the items that a resident chose, by their numbers in Article 7.
 *
 * @throws Refusal ITEM_NOT_ALLOWED for 9 to 12 and 14, which this municipality keeps to itself
 */
export function homeItems(chosen: readonly number[]): HomeItems {
  return {
    ...specialItems(chosen.filter((item) => item !== FAMILY_REGISTER)),
    familyRegister: chosen.includes(FAMILY_REGISTER),
  };
}

export function homeCopyRecordOf(record: ResidentRecord, householderName: string, items: HomeItems): HomeCopyRecord {
  const { registeredDomicile, firstListedPerson, nationality, residenceStatus } = record;
  const familyRegister = { registeredDomicile, firstListedPerson, nationality, residenceStatus };
  return { ...copyRecordOf(record, householderName, items), ...(items.familyRegister && { familyRegister }) };
}

/** Whether the copy shows a whole household, or a part of it. */
export function homeStatement(isWhole: boolean, mayor: string, on: CalendarDate): string {
  const what = isWhole ? '世帯全員' : '世帯の一部';
  return `この写しは、${what}の住民票の原本と相違ないことを証明する。\n${japaneseDate(on)}　${mayor}`;
}

/** @throws Refusal CONTACT_HOME_MUNICIPALITY unless all who are restricted are so by the applicant's own measure */
export function checkRestrictionsAtHome(
  applicant: string,
  restrictions: { recordId: string; measureId: string | null }[],
): void {
  const own = restrictions.filter(({ recordId }) => recordId === applicant).map(({ measureId }) => measureId);
  const isOwn = (measureId: string | null) => measureId !== null && own.includes(measureId);
  if (!restrictions.every(({ measureId }) => isOwn(measureId))) throw new Refusal('CONTACT_HOME_MUNICIPALITY');
}
