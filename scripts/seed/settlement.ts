import { addDays, addYears, type CalendarDate } from '#core/domain/calendar-date.js';
import { drawPreviousAddress } from './addresses.js';
import { dayBetween, earliest, latest, notificationDay } from './days.js';
import type { Member } from './family-members.js';
import type { Random } from './random.js';
import type { Area } from './towns.js';

/** Foreign residents entered the register on this day, wherever they had been living for however long. */
const FOREIGN_RESIDENTS_ENTERED: CalendarDate = '2012-07-09';

/** Items 6 to 8, the address aside. */
export interface Residence {
  becameResidentOn: CalendarDate;
  previousAddress: string | null;
  movedWithinTownOn: CalendarDate | null;
  notifiedOn: CalendarDate;
}

export interface Deadlines {
  /** By when the householder came. */
  cameBy: CalendarDate;
  /** By when everybody came, births aside, and since when they have lived at this address. */
  settledBy: CalendarDate;
}

interface Settlement {
  random: Random;
  home: Area;
  members: Member[];
  settledBy: CalendarDate;
  /** How the householder came. */
  first: Arrival;
}

interface Arrival {
  on: CalendarDate;
  /** Null for who was born here, or entered the register with all foreign residents. */
  from: string | null;
}

/** How each member came to live here, in the order of the members. */
export function settle(random: Random, home: Area, members: Member[], { cameBy, settledBy }: Deadlines): Residence[] {
  const first = drawFirstArrival(random, home, members[0] as Member, cameBy);
  const settlement = { random, home, members, settledBy, first };
  const moved = drawMove(settlement);
  const notified = new Map<CalendarDate, CalendarDate>();
  return members.map((member) => {
    const arrival = registered(settlement, member, arrivalOf(settlement, member));
    const movedWithinTownOn = moved !== null && arrival.on < moved ? moved : null;
    const event = movedWithinTownOn ?? arrival.on;
    const notifiedOn = notified.get(event) ?? notificationDay(random, event);
    notified.set(event, notifiedOn);
    return { becameResidentOn: arrival.on, previousAddress: arrival.from, movedWithinTownOn, notifiedOn };
  });
}

function drawFirstArrival(random: Random, home: Area, householder: Member, cameBy: CalendarDate): Arrival {
  const { birthDate, foreign } = householder;
  if (foreign === null && random.chance(home.rural ? 0.6 : 0.15)) return { on: birthDate, from: null };
  const staysForYears = foreign === null || /永住者|定住者/.test(foreign.residenceStatus);
  const earliestArrival = random.chance(0.6) ? '2004-01-01' : '1970-01-01';
  const since = latest(addYears(birthDate, 18), staysForYears ? earliestArrival : '2013-04-01');
  const on = dayBetween(random, earliest(since, cameBy), cameBy);
  return { on, from: drawPreviousAddress(random, home) };
}

function drawMove({ random, first, settledBy }: Settlement): CalendarDate | null {
  const since = latest(addDays(first.on, 120), '1990-01-01');
  return since < settledBy && random.chance(0.29) ? dayBetween(random, since, settledBy) : null;
}

function arrivalOf(settlement: Settlement, member: Member): Arrival {
  const { members, first } = settlement;
  if (member === members[0]) return first;
  if (/^子(の子)?$/.test(member.relationship)) {
    return member.birthDate >= first.on ? { on: member.birthDate, from: null } : first;
  }
  if (/^[父母]$/.test(member.relationship)) return arrivalOfParent(settlement, member);
  return arrivalOfAdult(settlement, member);
}

function arrivalOfParent(settlement: Settlement, parent: Member): Arrival {
  const { random, home, first, settledBy } = settlement;
  if (first.from !== null) {
    return random.chance(0.5) ? first : cameAlone(random, home, first.on, settledBy);
  }
  if (random.chance(0.5)) return { on: parent.birthDate, from: null };
  return cameAlone(random, home, addYears(parent.birthDate, 18), first.on);
}

/** A wife or husband, of the householder or of a child, comes along or later, but before their first child. */
function arrivalOfAdult({ random, home, members, first, settledBy }: Settlement, member: Member): Arrival {
  const grown = addYears(member.birthDate, 18);
  const children = member.relationship === '子の妻' ? '子の子' : '子';
  const births = members.filter((other) => other.relationship === children).map((child) => child.birthDate);
  const until = earliest(settledBy, ...births);
  const along = first.from !== null && first.on >= grown && random.chance(0.75);
  return along || until < first.on ? first : cameAlone(random, home, latest(first.on, grown), until);
}

function cameAlone(random: Random, home: Area, since: CalendarDate, until: CalendarDate): Arrival {
  return { on: dayBetween(random, since, until), from: drawPreviousAddress(random, home) };
}

function registered({ random }: Settlement, { foreign }: Member, arrival: Arrival): Arrival {
  if (foreign === null) return arrival;
  if (arrival.on <= FOREIGN_RESIDENTS_ENTERED) return { on: FOREIGN_RESIDENTS_ENTERED, from: null };
  const fromAbroad = foreign.residenceStatus !== '特別永住者' && random.chance(0.5);
  return fromAbroad ? { ...arrival, from: foreign.country } : arrival;
}
