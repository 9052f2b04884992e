import { z } from 'zod';
import { type CalendarDate, isCalendarDate } from '../calendar-date.js';
import type { LocalGovernmentCode } from '../local-government-code.js';
import appended from './appended-tables.json' with { type: 'json' };

/** 利用事務: what identification information may be provided for, and to whom (別表第一 to 第五). */
export interface StatutoryPurpose {
  /** By this a request cites it: `TABLE_2_ITEM_1_3`, and `ORDINANCE_130001_ITEM_3` where an ordinance adds it. */
  id: string;
  table: Table;
  /** As the table counts: `1-3` is 一の三. */
  item: string;
  /** The Act, or the ordinance, under which the business is done. */
  law: string;
  /** In the words of the table. */
  recipients: readonly string[];
  from: CalendarDate;
  /** Its last day; null while none is known. */
  until: CalendarDate | null;
  /** Whose ordinance adds it: it holds among that prefecture's own offices alone. */
  prefecture?: LocalGovernmentCode;
}

/**
 * Articles 30-7 and 30-8: 1 national agencies, through the centre; 2 municipalities of the same prefecture; 3 other
 * prefectures; 4 municipalities of other prefectures, through their own governor; 5 the governor's own use.
 */
export type Table = 1 | 2 | 3 | 4 | 5;

const Day = z.string().refine(isCalendarDate, 'is not a day of the calendar');

const Entry = z.strictObject({
  table: z.literal([1, 2, 3, 4, 5]),
  item: z.string().regex(/^[1-9][0-9]{0,2}(-[1-9][0-9]{0,2}){0,3}$/),
  law: z.string().min(1),
  recipients: z.array(z.string().min(1)).min(1),
  from: Day,
  until: Day.nullable().default(null),
});

/** What a prefecture's ordinance adds: to whom the governor provides within the prefecture, or what for the governor uses it. */
export const OrdinancePurpose = Entry.omit({ law: true }).extend({
  table: z.literal([2, 5]),
  /** What the ordinance is called. */
  name: z.string().min(1),
});

export type OrdinancePurpose = z.infer<typeof OrdinancePurpose>;

/** In the order of the tables. */
export const appendedTables: readonly StatutoryPurpose[] = z
  .array(Entry)
  .parse(appended.entries)
  .map((entry) => ({ id: `TABLE_${entry.table}_${termOf(entry.item)}`, ...entry }));

export function purposeById(id: string, purposes = appendedTables): StatutoryPurpose | undefined {
  return purposes.find((purpose) => purpose.id === id);
}

export function ordinancePurposes(
  prefecture: LocalGovernmentCode,
  stated: readonly OrdinancePurpose[],
): StatutoryPurpose[] {
  return stated.map(({ name, ...entry }) => ({
    id: `ORDINANCE_${prefecture}_${termOf(entry.item)}`,
    law: name,
    prefecture,
    ...entry,
  }));
}

/** On its first and its last day too. */
export function isInForce({ from, until }: StatutoryPurpose, day: CalendarDate): boolean {
  return from <= day && (until === null || day <= until);
}

function termOf(item: string): string {
  return `ITEM_${item.replaceAll('-', '_')}`;
}
