import type { Sex } from '#core/domain/identification-information.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import { drawAddress } from './addresses.js';
import { birthDateAtAge } from './days.js';
import type { Draw } from './family-members.js';
import { befall, type Fated } from './fates.js';
import { SHAPES } from './households.js';
import { drawMunicipalItems } from './municipal-items.js';
import { SURNAMES } from './names.js';
import { japanese } from './people.js';
import { type Fate, type HouseholdPlan, planHouseholds } from './plan.js';
import type { Random } from './random.js';
import { type Residence, settle } from './settlement.js';
import { type Area, areaOf } from './towns.js';

/** What a resident record is made of, the code aside. */
export interface Resident extends Fated {
  recordId: string;
  householdId: string;
  address: string;
  fate: Fate | null;
  residence: Residence;
  municipalItems: string;
}

type HouseholdMember = Pick<Resident, 'member' | 'deletion' | 'residence' | 'municipalItems'>;

export function drawResidents(random: Random, municipality: LocalGovernmentCode, households: number): Resident[] {
  const home = areaOf(municipality);
  const namesake = drawNamesake(random, home);
  const addresses = new Set<string>();
  const residents = planHouseholds(random, households).flatMap((plan, i) => {
    const householdId = `${municipality}-H${String(i + 1).padStart(4, '0')}`;
    const address = drawFreeAddress(random, home, addresses);
    const surname = random.pick(plan.surnames);
    const draw = plan.namesake ? namesake : { random, home, surname, householder: null };
    return drawHousehold(draw, plan).map((member) => ({ householdId, address, fate: plan.fate, ...member }));
  });
  return residents.map((resident, i) => ({
    recordId: `${municipality}-${String(i + 1).padStart(6, '0')}`,
    ...resident,
  }));
}

function drawHousehold(draw: Draw, plan: HouseholdPlan): HouseholdMember[] {
  const { random, home } = draw;
  const members = SHAPES[plan.shape](draw);
  const residences = settle(random, home, members, plan);
  const items = drawMunicipalItems(random, members, residences);
  return befall(random, plan.fate, members).map((fated, i) => ({
    ...fated,
    residence: residences[i] as Residence,
    municipalItems: items[i] as string,
  }));
}

/** Whoever is named so heads two households: name, birth date and sex do not tell the two apart. */
function drawNamesake(random: Random, home: Area): Draw {
  const surname = random.pick(SURNAMES);
  const sex = random.pick<Sex>(['MALE', 'FEMALE']);
  const householder = japanese(random, surname, sex, birthDateAtAge(random, 36, 44));
  return { random, home, surname, householder };
}

function drawFreeAddress(random: Random, home: Area, taken: Set<string>): string {
  for (;;) {
    const address = drawAddress(random, home);
    if (taken.has(address)) continue;
    taken.add(address);
    return address;
  }
}
