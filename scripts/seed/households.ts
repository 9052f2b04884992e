import { addYears } from '#core/domain/calendar-date.js';
import type { Sex } from '#core/domain/identification-information.js';
import { birthDateAtAge, dayBetween, latest } from './days.js';
import {
  type Ages,
  type Draw,
  drawChildren,
  drawHouseholder,
  drawSpouse,
  type FamilyRegister,
  fathersRegister,
  HEAD,
  type Member,
  member,
  ownRegister,
} from './family-members.js';
import { type ForeignName, SURNAMES } from './names.js';
import { drawForeignName, foreigner, foreignerBirthDate, japanese, otherSex, type Person } from './people.js';

const SEXES: Sex[] = ['MALE', 'FEMALE'];

/** Draws the members of a household of each shape, the householder first. */
export const SHAPES = {
  SINGLE: (draw: Draw) => single(draw, 20, 62),
  ELDERLY_SINGLE: (draw: Draw) => single(draw, 63, 90),
  COUPLE: (draw: Draw) => drawCouple(draw, { youngest: 26, oldest: 64 }).members,
  ELDERLY_COUPLE: (draw: Draw) => drawCouple(draw, { youngest: 68, oldest: 88 }).members,
  FAMILY: (draw: Draw) => family(draw, draw.random.pick([1, 1, 1, 2, 2, 2, 3])),
  LARGE_FAMILY: (draw: Draw) => family(draw, draw.random.between(2, 3)),
  GROWN_FAMILY: grownFamily,
  WITH_PARENTS: withParents,
  WITH_SONS_FAMILY: withSonsFamily,
  PARENT_AND_CHILD: parentAndChild,
  CHILD_AND_MOTHER: childAndMother,
  UNMARRIED_COUPLE: unmarriedCouple,
  WITH_LODGER: withLodger,
  FOREIGN_SINGLE: (draw: Draw) => foreignSingle(draw, () => true),
  WITH_COMMON_NAME: (draw: Draw) => foreignSingle(draw, (name) => name.commonName !== null),
  MIXED_COUPLE: mixedCouple,
} satisfies Record<string, (draw: Draw) => Member[]>;

export type Shape = keyof typeof SHAPES;

interface Couple {
  parents: [Person, Person];
  register: FamilyRegister;
  members: Member[];
}

function single(draw: Draw, youngest: number, oldest: number): Member[] {
  const person = drawHouseholder(draw, { youngest, oldest, sex: draw.random.pick(SEXES) });
  const apart = draw.random.chance(youngest > 60 ? 0.8 : 0.15);
  return [member(person, HEAD, apart ? ownRegister(draw, person) : fathersRegister(draw, person))];
}

function drawCouple(draw: Draw, ages: Ages): Couple {
  const householder = drawHouseholder(draw, ages);
  const spouse = drawSpouse(draw, householder);
  const register = ownRegister(draw, householder.sex === 'MALE' ? householder : spouse);
  const members = [
    member(householder, HEAD, register),
    member(spouse, householder.sex === 'MALE' ? '妻' : '夫', register),
  ];
  return { parents: [householder, spouse], register, members };
}

function family(draw: Draw, count: number): Member[] {
  const { parents, register, members } = drawCouple(draw, { youngest: 33, oldest: 50 });
  const children = drawChildren(draw, parents, count);
  return [...members, ...children.map((child) => member(child, '子', register))];
}

function grownFamily(draw: Draw): Member[] {
  const { parents, register, members } = drawCouple(draw, { youngest: 52, oldest: 66 });
  const children = drawChildren(draw, parents, draw.random.between(1, 2), 19);
  return [...members, ...children.map((child) => member(child, '子', register))];
}

function withParents(draw: Draw): Member[] {
  const { parents, register, members } = drawCouple(draw, { youngest: 36, oldest: 50, sex: 'MALE' });
  const children = drawChildren(draw, parents, 2);
  return [...members, ...children.map((child) => member(child, '子', register)), ...parentsOf(draw, parents[0])];
}

function parentsOf(draw: Draw, child: Person): Member[] {
  const mother = motherOf(draw, child);
  const father = drawSpouse(draw, mother);
  const register = ownRegister(draw, father);
  const both = [member(father, '父', register), member(mother, '母', register)];
  return draw.random.chance(0.5) ? both : both.slice(1);
}

function motherOf(draw: Draw, child: Person): Person {
  const birthDate = dayBetween(draw.random, addYears(child.birthDate, -32), addYears(child.birthDate, -23));
  return japanese(draw.random, draw.surname, 'FEMALE', birthDate);
}

function withSonsFamily(draw: Draw): Member[] {
  const { parents, members } = drawCouple(draw, { youngest: 64, oldest: 76, sex: 'MALE' });
  const from = latest(...parents.map((parent) => parent.birthDate));
  const birthDate = dayBetween(draw.random, addYears(from, 22), addYears(from, 27));
  const son = japanese(draw.random, draw.surname, 'MALE', birthDate);
  const wife = drawSpouse(draw, son);
  const register = ownRegister(draw, son);
  const grandchildren = drawChildren(draw, [son, wife], draw.random.between(1, 2));
  return [
    ...members,
    member(son, '子', register),
    member(wife, '子の妻', register),
    ...grandchildren.map((child) => member(child, '子の子', register)),
  ];
}

function parentAndChild(draw: Draw): Member[] {
  const sex = draw.random.chance(0.8) ? 'FEMALE' : 'MALE';
  const parent = drawHouseholder(draw, { youngest: 32, oldest: 50, sex });
  const register = ownRegister(draw, parent);
  const children = drawChildren(draw, [parent], draw.random.between(1, 2), 1);
  return [member(parent, HEAD, register), ...children.map((child) => member(child, '子', register))];
}

function childAndMother(draw: Draw): Member[] {
  const child = drawHouseholder(draw, { youngest: 36, oldest: 60, sex: draw.random.pick(SEXES) });
  const register = fathersRegister(draw, child);
  return [member(child, HEAD, register), member(motherOf(draw, child), '母', register)];
}

function unmarriedCouple(draw: Draw): Member[] {
  const householder = drawHouseholder(draw, { youngest: 26, oldest: 50 });
  const surname = draw.random.pick(SURNAMES);
  const partner = drawSpouse(draw, householder, surname);
  const relationship = partner.sex === 'FEMALE' ? '妻(未届)' : '夫(未届)';
  return [
    member(householder, HEAD, fathersRegister(draw, householder)),
    member(partner, relationship, fathersRegister(draw, partner, surname)),
  ];
}

function withLodger(draw: Draw): Member[] {
  const householder = drawHouseholder(draw, { youngest: 35, oldest: 75 });
  const surname = draw.random.pick(SURNAMES);
  const birthDate = birthDateAtAge(draw.random, 20, 60);
  const lodger = japanese(draw.random, surname, draw.random.pick(SEXES), birthDate);
  return [
    member(householder, HEAD, ownRegister(draw, householder)),
    member(lodger, '同居人', fathersRegister(draw, lodger, surname)),
  ];
}

function foreignSingle(draw: Draw, fits: (name: ForeignName) => boolean): Member[] {
  const foreign = drawForeignName(draw.random, fits);
  const birthDate = foreignerBirthDate(draw.random, foreign.residenceStatus);
  return [member(foreigner(foreign, birthDate), HEAD, null)];
}

function mixedCouple(draw: Draw): Member[] {
  const householder = drawHouseholder(draw, { youngest: 33, oldest: 60 });
  const register = ownRegister(draw, householder);
  const spouse = drawForeignSpouse(draw, householder);
  const children = drawChildren(draw, [householder, spouse], draw.random.between(0, 1));
  return [
    member(householder, HEAD, register),
    member(spouse, spouse.sex === 'FEMALE' ? '妻' : '夫', null),
    ...children.map((child) => member(child, '子', register)),
  ];
}

function drawForeignSpouse(draw: Draw, partner: Person): Person {
  const foreign = drawForeignName(draw.random, (name) => name.sex === otherSex(partner.sex));
  const permanent = foreign.residenceStatus.endsWith('永住者');
  const residenceStatus = permanent ? foreign.residenceStatus : '日本人の配偶者等';
  return foreigner({ ...foreign, residenceStatus }, drawSpouse(draw, partner).birthDate);
}
