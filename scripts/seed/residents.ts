import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import type { Restriction } from '#municipality/domain/protection/restriction.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { drawCards, type SeededCard } from './cards.js';
import { Allotment } from './codes.js';
import { HEAD } from './family-members.js';
import { Random } from './random.js';
import { drawResidents, type Resident } from './register.js';

export type { SeededCard } from './cards.js';

export interface SeededMunicipality {
  municipality: LocalGovernmentCode;
  records: ResidentRecord[];
  restrictions: Restriction[];
  cards: SeededCard[];
}

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
  const records = residents.map((resident) => recordOf(resident, allotment.residentRecordCode(codes)));
  const restrictions = residents.flatMap(restrictionOf);
  const cards = drawCards(stream('cards'), allotment, records, restrictions);
  return { municipality, records, restrictions, cards };
}

function recordOf(resident: Resident, residentRecordCode: string): ResidentRecord {
  const { recordId, householdId, address, member, residence, municipalItems, deletion } = resident;
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
  };
}

/** A protective measure covers its whole household, a correction the one record that is being corrected. */
function restrictionOf({ recordId, fate, member }: Resident): Restriction[] {
  if (fate === 'PROTECTED') {
    return [{ recordId, kind: 'PROTECTIVE_MEASURE', from: '2016-01-12', until: '2017-01-11' }];
  }
  if (fate === 'CORRECTED' && member.relationship === HEAD) {
    return [{ recordId, kind: 'RECORD_UNDER_CORRECTION', from: '2016-05-20', until: '2016-06-20' }];
  }
  return [];
}
