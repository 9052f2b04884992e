import type { CalendarDate } from '#core/domain/calendar-date.js';
import { japaneseDate } from '#core/domain/calendar-date.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import type { Person } from '../register/person.js';
import type { ResidentRecord } from '../register/resident-record.js';

/** What a certificate says of one person: items 1 to 5 and 13, the opaque items 9 to 12, and the version to go on with. */
export interface CertifiedPerson {
  person: Person;
  /** Item 4, as it was in the household that they leave. */
  householderName: string;
  relationship: string;
  previousAddress: string;
  municipalItems: string;
  residentRecordCode: string;
  /** Of the change information of the entry at the destination, whenever that arrives above. */
  version: number;
}

/** 転出証明書情報, on paper: what the origin certifies to whichever municipality they move into (Order 23). */
export interface MoveOutCertificate {
  number: string;
  origin: LocalGovernmentCode;
  destination: string;
  plannedOn: CalendarDate;
  issuedOn: CalendarDate;
  people: CertifiedPerson[];
}

/**
 * What is certified of a record that a move-out has deleted. The deletion had the record's version; the next one is
 * handed over, so that the order in which offices above hear of the two does not matter (CHAIN).
 */
export function certifiedPersonOf(record: ResidentRecord, householderName: string): CertifiedPerson {
  return {
    person: {
      ...{ name: record.name, nameReading: record.nameReading, birthDate: record.birthDate, sex: record.sex },
      ...(record.commonName !== null && { commonName: record.commonName }),
      ...(record.registeredDomicile !== null && { registeredDomicile: record.registeredDomicile }),
      ...(record.firstListedPerson !== null && { firstListedPerson: record.firstListedPerson }),
      ...(record.nationality !== null && { nationality: record.nationality }),
      ...(record.residenceStatus !== null && { residenceStatus: record.residenceStatus }),
    },
    householderName,
    relationship: record.relationship,
    previousAddress: record.address,
    municipalItems: record.municipalItems,
    residentRecordCode: record.residentRecordCode,
    version: record.changeVersion + 1,
  };
}

const RULE = '─'.repeat(36);

/** The sheet of paper, without the symbol that carries its payload. */
export function certificateText(certificate: MoveOutCertificate, mayor: string): string {
  const { number, destination, plannedOn, issuedOn, people } = certificate;
  return [
    '　　　　　　　転　出　証　明　書',
    RULE,
    `証明書番号　　　　　${number}`,
    `転出先　　　　　　　${destination}`,
    `転出予定年月日　　　${japaneseDate(plannedOn)}`,
    RULE,
    ...people.flatMap(linesOf),
    '上記のとおり転出の届出があったことを証明する。',
    `${japaneseDate(issuedOn)}　${mayor}`,
    '',
  ].join('\n');
}

function linesOf({
  person,
  householderName,
  relationship,
  previousAddress,
  residentRecordCode,
}: CertifiedPerson): string[] {
  const foreign = person.nationality !== undefined;
  return [
    `氏名　　　　　　　　${person.name}`,
    ...(person.commonName === undefined ? [] : [`通称　　　　　　　　${person.commonName}`]),
    `生年月日　　　　　　${japaneseDate(person.birthDate)}`,
    `性別　　　　　　　　${person.sex === 'MALE' ? '男' : '女'}`,
    `世帯主　　　　　　　${householderName}`,
    `続柄　　　　　　　　${relationship}`,
    foreign ? `国籍・地域　　　　　${person.nationality}` : `本籍　　　　　　　　${person.registeredDomicile ?? ''}`,
    foreign
      ? `在留資格　　　　　　${person.residenceStatus ?? ''}`
      : `筆頭者　　　　　　　${person.firstListedPerson ?? ''}`,
    `従前の住所　　　　　${previousAddress}`,
    `住民票コード　　　　${residentRecordCode}`,
    RULE,
  ];
}
