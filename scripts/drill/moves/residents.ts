import { nextVersion } from '#core/domain/change-version.js';
import type { Sex } from '#core/domain/identification-information.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { drawAddress } from '../../seed/addresses.js';
import { Allotment } from '../../seed/codes.js';
import { Random } from '../../seed/random.js';
import type { SeededCard, SeededMunicipality } from '../../seed/residents.js';
import { areaOf } from '../../seed/towns.js';
import { uuidFrom } from '../drawn-ids.js';

/** Of every card. */
export const PIN = '1234';
const ENTERED = '2015-04-01';

/** Who lives where when a schedule begins: relationship, sex, birth, and the last day of their card where they have one. */
type Drawn = readonly [relationship: string, sex: Sex, birthDate: string, cardGoodUntil?: string];

const FAMILIES: readonly (readonly [town: LocalGovernmentCode, members: readonly Drawn[]])[] = [
  [
    '131059',
    [
      ['世帯主', 'MALE', '1975-03-02', '2020-03-31'],
      // Expires while her family moves.
      ['妻', 'FEMALE', '1977-08-21', '2016-05-29'],
      ['子', 'MALE', '2006-11-05'],
    ],
  ],
  [
    '131041',
    [
      ['世帯主', 'FEMALE', '1968-01-30', '2019-10-10'],
      ['子', 'FEMALE', '1994-06-17', '2024-06-17'],
    ],
  ],
  ['141003', [['世帯主', 'MALE', '1989-12-24', '2016-08-20']]],
];

export const FAMILY_COUNT = FAMILIES.length;

/** The same people for all schedules: what differs is what becomes of them. */
export function residentsOfDrill(): SeededMunicipality[] {
  const random = new Random('drill/moves/residents');
  const allotment = new Allotment();
  return FAMILIES.map(([municipality, members], nth) => {
    const address = drawAddress(random, areaOf(municipality));
    const householdId = uuidFrom(random);
    const records = members.map((drawn, i): ResidentRecord => {
      const [relationship, sex, birthDate] = drawn;
      return {
        ...{ recordId: uuidFrom(random), householdId, relationship, sex, birthDate, address },
        ...{ name: `試験${nth} 人${i}`, nameReading: `シケン${nth} ジン${i}`, commonName: null },
        ...{ registeredDomicile: '東京都千代田区千代田1番', firstListedPerson: `試験${nth} 人0` },
        ...{ nationality: null, residenceStatus: null, becameResidentOn: ENTERED, movedWithinTownOn: null },
        ...{ notifiedOn: ENTERED, previousAddress: null, municipalItems: '', deletedOn: null, deletionReason: null },
        ...{ destination: null, residentRecordCode: allotment.residentRecordCode(random) },
        changeVersion: nextVersion(0, ENTERED),
      };
    });
    const cards = members.flatMap(([_relationship, _sex, _born, expiresOn], i): SeededCard[] => {
      const { name = '', residentRecordCode = '' } = records[i] ?? {};
      if (expiresOn === undefined) return [];
      const printed = { cardNumber: allotment.cardNumber(random), kind: 'JUKI_CARD' as const, name, expiresOn };
      return [{ ...printed, residentRecordCode, pin: PIN, issuedOn: ENTERED }];
    });
    return { municipality, records, restrictions: [], cards, pool: [allotment.residentRecordCode(random)] };
  });
}
