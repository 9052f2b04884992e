import { addDays, addYears, type CalendarDate } from '#core/domain/calendar-date.js';
import type { Sex } from '#core/domain/identification-information.js';
import type { HOUSEHOLDER } from '#municipality/domain/register/resident-record.js';
import { drawDomicile } from './addresses.js';
import { birthDateAtAge, dayBetween, earliest, LAST_EVENT, latest } from './days.js';
import type { Written } from './names.js';
import { japanese, otherSex, type Person } from './people.js';
import type { Random } from './random.js';
import type { Area } from './towns.js';

/** Written out here, and held equal by its type: scripts import no code from a municipality's domain. */
export const HEAD: typeof HOUSEHOLDER = '世帯主';

/** What a household is drawn from. */
export interface Draw {
  random: Random;
  home: Area;
  surname: Written;
  /** Who the householder has to be. */
  householder: Person | null;
}

export interface FamilyRegister {
  domicile: string;
  firstListedPerson: string;
}

export interface Member extends Person {
  relationship: string;
  familyRegister: FamilyRegister | null;
}

export interface Ages {
  youngest: number;
  oldest: number;
  /** Without it, mostly a man: so people declared it. */
  sex?: Sex;
}

export function drawHouseholder(draw: Draw, { youngest, oldest, sex }: Ages): Person {
  if (draw.householder !== null) return draw.householder;
  const drawnSex = sex ?? (draw.random.chance(0.9) ? 'MALE' : 'FEMALE');
  return japanese(draw.random, draw.surname, drawnSex, birthDateAtAge(draw.random, youngest, oldest));
}

/** A husband is from three years younger to five years older than his wife. */
export function drawSpouse(draw: Draw, partner: Person, surname: Written = draw.surname): Person {
  const [younger, older] = partner.sex === 'MALE' ? [5, 3] : [3, 5];
  const first = addYears(partner.birthDate, -older);
  const birthDate = dayBetween(draw.random, first, addYears(partner.birthDate, younger));
  return japanese(draw.random, surname, otherSex(partner.sex), birthDate);
}

/** Eldest first; each at least 20 years younger than the parents. */
export function drawChildren(draw: Draw, parents: Person[], count: number, leastAge = 0): Person[] {
  const births = parents.map((parent) => parent.birthDate);
  const youngestBy = addYears(LAST_EVENT, -leastAge - 3 * (count - 1));
  const first = addYears(latest(...births), 20);
  let birthDate = dayBetween(draw.random, first, earliest(addYears(earliest(...births), 38), youngestBy));
  const children: Person[] = [];
  while (children.length < count) {
    children.push(drawChild(draw, birthDate, children));
    birthDate = addDays(birthDate, draw.random.between(500, 1090));
  }
  return children;
}

/** A register that the person, or that person's marriage, began. */
export function ownRegister(draw: Draw, person: Person): FamilyRegister {
  return { domicile: drawDomicile(draw.random, draw.home), firstListedPerson: person.name };
}

/** The register that a father who lives elsewhere, or lives no more, is listed first in. */
export function fathersRegister(draw: Draw, child: Person, surname: Written = draw.surname): FamilyRegister {
  return ownRegister(draw, japanese(draw.random, surname, 'MALE', addYears(child.birthDate, -30)));
}

export function member(person: Person, relationship: string, familyRegister: FamilyRegister | null): Member {
  return { ...person, relationship, familyRegister };
}

function drawChild(draw: Draw, birthDate: CalendarDate, siblings: Person[]): Person {
  for (;;) {
    const sex = draw.random.pick<Sex>(['MALE', 'FEMALE']);
    const child = japanese(draw.random, draw.surname, sex, birthDate);
    if (siblings.every((sibling) => sibling.name !== child.name)) return child;
  }
}
