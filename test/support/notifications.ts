import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { withPassport } from './desk.js';
import type { PlainReceipt } from './questions.js';

/** Bodies of questions, as a test begins with them: it says what differs. All of them on the day on which tests begin. */

type Somebody = Pick<ResidentRecord, 'name' | 'residentRecordCode' | 'relationship'>;

export const TODAY = '2016-05-27';
export const IN_SHINJUKU = '東京都新宿区西新宿二丁目8番1号';
export const IN_BUNKYO = '東京都文京区春日二丁目99番1号';

export function codesOf(people: { residentRecordCode: string }[]): string[] {
  return people.map(({ residentRecordCode }) => residentRecordCode);
}

/** People who leave for Shinjuku, the first of them at the counter. */
export function leavingForShinjuku(people: [Somebody, ...Somebody[]] | Somebody[], more: object = {}) {
  return {
    notifier: withPassport(people[0] ?? { name: '' }),
    plannedOn: TODAY,
    destinationMunicipality: '131041',
    destination: IN_SHINJUKU,
    movers: codesOf(people),
    ...more,
  };
}

/** The same people, arriving there with their certificates. */
export function arrivingInShinjuku(people: Somebody[], { certificates }: PlainReceipt, more: object = {}) {
  return {
    notifier: withPassport(people[0] ?? { name: '' }),
    movedInOn: TODAY,
    address: IN_SHINJUKU,
    origin: 'MUNICIPALITY',
    certificates: certificates.map(({ payload }) => payload),
    people: people.map(({ residentRecordCode, relationship }) => ({ residentRecordCode, relationship })),
    ...more,
  };
}

/** Somebody whom no register knows; a name makes them one of their own. */
export function stranger(name: string, more: object = {}) {
  return {
    ...{ name, nameReading: 'シンジュク ハナコ', birthDate: '1990-02-03', sex: 'FEMALE' },
    ...{ registeredDomicile: '京都府京都市中京区一之船入町1番地', firstListedPerson: name },
    ...more,
  };
}

/** Somebody's entry in Bunkyo, whom no register has had before. */
export function firstRecord(name: string, more: object = {}) {
  return {
    notifier: withPassport(stranger(name)),
    movedInOn: TODAY,
    address: IN_BUNKYO,
    origin: 'FIRST_RECORD',
    people: [{ relationship: '世帯主', person: stranger(name) }],
    ...more,
  };
}
