import { createHash } from 'node:crypto';
import { nextVersion } from '#core/domain/change-version.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import type { Restriction } from '#municipality/domain/protection/restriction.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { drawPreviousAddress } from './addresses.js';
import { drawCards, type SeededCard } from './cards.js';
import { Allotment } from './codes.js';
import { HEAD } from './family-members.js';
import { Random } from './random.js';
import { drawResidents, type Resident } from './register.js';
import { areaOf } from './towns.js';

export type { SeededCard } from './cards.js';

export interface SeededMunicipality {
  municipality: LocalGovernmentCode;
  records: ResidentRecord[];
  restrictions: Restriction[];
  cards: SeededCard[];
  /** The codes that the national centre allotted to it, and that are in nobody's record yet. */
  pool: string[];
}

/** What the centre allotted to a municipality before the demo begins. */
const POOL = 200;

/** Made-up residents: the same for the same seed, and whichever other municipalities are asked for. */
export function seedResidents(
  municipalities: LocalGovernmentCode[],
  seed: string,
  householdsEach = 40,
): SeededMunicipality[] {
  const allotment = new Allotment();
  return municipalities.map((municipality) => seedMunicipality(municipality, seed, householdsEach, allotment));
}

function seedMunicipality(
  municipality: LocalGovernmentCode,
  seed: string,
  households: number,
  allotment: Allotment,
): SeededMunicipality {
  const stream = (purpose: string) => new Random(`${seed}/${municipality}/${purpose}`);
  const codes = stream('codes');
  const residents = drawResidents(stream('households'), municipality, households);
  const destinations = stream('destinations');
  const records = residents.map((resident) => {
    const leftFor =
      resident.deletion?.reason === 'MOVE_OUT' ? drawPreviousAddress(destinations, areaOf(municipality)) : null;
    return recordOf(resident, allotment.residentRecordCode(codes), leftFor);
  });
  const restrictions = residents.flatMap(restrictionOf);
  const cards = drawCards(stream('cards'), allotment, records, restrictions);
  const unwritten = stream('pool');
  const pool = Array.from({ length: POOL }, () => allotment.residentRecordCode(unwritten));
  return { municipality, records, restrictions, cards, pool };
}

function recordOf(resident: Resident, residentRecordCode: string, destination: string | null): ResidentRecord {
  const { recordId, householdId, address, member, residence, municipalItems, deletion } = resident;
  const entered = nextVersion(0, residence.notifiedOn);
  return {
    recordId,
    householdId,
    name: member.name,
    nameReading: member.nameReading,
    commonName: member.foreign?.commonName ?? null,
    birthDate: member.birthDate,
    sex: member.sex,
    relationship: member.relationship,
    registeredDomicile: member.familyRegister?.domicile ?? null,
    firstListedPerson: member.familyRegister?.firstListedPerson ?? null,
    nationality: member.foreign?.nationality ?? null,
    residenceStatus: member.foreign?.residenceStatus ?? null,
    address,
    ...residence,
    municipalItems,
    residentRecordCode,
    deletedOn: deletion?.on ?? null,
    deletionReason: deletion?.reason ?? null,
    destination,
    changeVersion: deletion ? nextVersion(entered, deletion.on) : entered,
  };
}

/** A protective measure covers its whole household, a correction the one record that is being corrected. */
function restrictionOf({ recordId, householdId, fate, member }: Resident): Restriction[] {
  if (fate === 'PROTECTED') {
    const measureId = uuidOf(householdId);
    return [
      { recordId, kind: 'PROTECTIVE_MEASURE', from: '2016-01-12', until: '2017-01-11', endedOn: null, measureId },
    ];
  }
  if (fate === 'CORRECTED' && member.relationship === HEAD) {
    return [
      {
        recordId,
        kind: 'RECORD_UNDER_CORRECTION',
        from: '2016-05-20',
        until: '2016-06-20',
        endedOn: null,
        measureId: null,
      },
    ];
  }
  return [];
}

/** A UUID that is the same for the same text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
