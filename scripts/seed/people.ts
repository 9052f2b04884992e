import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { Sex } from '#core/domain/identification-information.js';
import { birthDateAtAge } from './days.js';
import { FOREIGN_NAMES, type ForeignName, GIVEN_NAMES, type Written } from './names.js';
import type { Random } from './random.js';

export interface Person {
  name: string;
  nameReading: string;
  sex: Sex;
  birthDate: CalendarDate;
  /** Null for a Japanese person. */
  foreign: ForeignName | null;
}

/** The age at which people of a residence status are in Japan. */
const AGES: Record<string, [youngest: number, oldest: number]> = {
  留学: [20, 27],
  技能実習: [20, 30],
  '技術・人文知識・国際業務': [24, 42],
  技能: [28, 50],
  特別永住者: [25, 75],
};

export function japanese(random: Random, surname: Written, sex: Sex, birthDate: CalendarDate): Person {
  const given = drawGivenName(random, sex, birthDate);
  return {
    name: `${surname.text} ${given.text}`,
    nameReading: `${surname.reading} ${given.reading}`,
    sex,
    birthDate,
    foreign: null,
  };
}

export function drawForeignName(random: Random, fits: (name: ForeignName) => boolean): ForeignName {
  return random.pick(FOREIGN_NAMES.filter(fits));
}

export function foreigner(foreign: ForeignName, birthDate: CalendarDate): Person {
  return { name: foreign.text, nameReading: foreign.reading, sex: foreign.sex, birthDate, foreign };
}

export function foreignerBirthDate(random: Random, residenceStatus: string): CalendarDate {
  const [youngest, oldest] = AGES[residenceStatus] ?? [28, 62];
  return birthDateAtAge(random, youngest, oldest);
}

export function otherSex(sex: Sex): Sex {
  return sex === 'MALE' ? 'FEMALE' : 'MALE';
}

/** The lists run from the names of the 1920s to those of today: somebody's name is one of their generation's. */
function drawGivenName(random: Random, sex: Sex, birthDate: CalendarDate): Written {
  const names = GIVEN_NAMES[sex];
  const middle = Math.round(((Number(birthDate.slice(0, 4)) - 1925) / (2016 - 1925)) * names.length);
  const first = Math.min(Math.max(middle - 8, 0), names.length - 16);
  return random.pick(names.slice(first, first + 16));
}
