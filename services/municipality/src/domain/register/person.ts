import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { IdentificationInformation } from '#core/domain/identification-information.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import { Day, PersonName, Reading, Sex, Text } from '../fields.js';
import { HOUSEHOLDER, type ResidentRecord } from './resident-record.js';

/** Items 1 to 3 and 5 of somebody who is not on this register; a foreign resident's nationality and status instead of 5. */
export const Person = z
  .strictObject({
    name: PersonName,
    nameReading: Reading,
    commonName: PersonName.optional().meta({ description: '通称 of a foreign resident' }),
    birthDate: Day,
    sex: Sex,
    registeredDomicile: Text.optional().meta({ description: '本籍' }),
    firstListedPerson: PersonName.optional().meta({ description: '筆頭者' }),
    nationality: Text.optional(),
    residenceStatus: Text.optional(),
  })
  .refine(
    isWholePerson,
    'has a registered domicile with its first-listed person, or a nationality with a residence status',
  );

export type Person = z.infer<typeof Person>;

/** How somebody comes onto a register. */
export interface Arrival {
  recordId: string;
  householdId: string;
  relationship: string;
  address: string;
  becameResidentOn: CalendarDate;
  notifiedOn: CalendarDate;
  previousAddress: string | null;
  municipalItems: string;
  residentRecordCode: ResidentRecordCode;
  changeVersion: number;
}

export function newRecord(person: Person, arrival: Arrival): ResidentRecord {
  return {
    name: person.name,
    nameReading: person.nameReading,
    commonName: person.commonName ?? null,
    birthDate: person.birthDate,
    sex: person.sex,
    registeredDomicile: person.registeredDomicile ?? null,
    firstListedPerson: person.firstListedPerson ?? null,
    nationality: person.nationality ?? null,
    residenceStatus: person.residenceStatus ?? null,
    ...arrival,
    movedWithinTownOn: null,
    ...{ deletedOn: null, deletionReason: null, destination: null },
  };
}

/** The four fields and the code that may travel (Article 30-5). */
export function identificationOf(record: ResidentRecord): IdentificationInformation {
  const { name, birthDate, sex, address, residentRecordCode } = record;
  return { name, birthDate, sex, address, residentRecordCode };
}

export function isHouseholder({ relationship }: ResidentRecord): boolean {
  return relationship === HOUSEHOLDER;
}

/** Item 5 with its two parts, or nationality and residence status; a common name is a foreign resident's. */
export function isWholePerson(person: {
  registeredDomicile?: string | null | undefined;
  firstListedPerson?: string | null | undefined;
  nationality?: string | null | undefined;
  residenceStatus?: string | null | undefined;
  commonName?: string | null | undefined;
}): boolean {
  const { registeredDomicile, firstListedPerson, nationality, residenceStatus, commonName } = person;
  const japanese = [registeredDomicile, firstListedPerson];
  const foreign = [nationality, residenceStatus];
  const isStated = (items: unknown[]) => items.every((item) => (item ?? null) !== null);
  const isAbsent = (items: unknown[]) => items.every((item) => (item ?? null) === null);
  return isAbsent(japanese) ? isStated(foreign) : isStated(japanese) && isAbsent([...foreign, commonName]);
}
