import { dayOfWeek } from './calendar-date.js';
import { type Clock, timeOfDay, today } from './clock.js';
import type { ResidentRecordCode } from './resident-record-code.js';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** So many operators of one office look at one person within a week: somebody has become interesting. */
const MANY_OPERATORS = 4;
/** So many people does one operator look at, and does nothing for any of them within the hour before or after. */
const MANY_PEOPLE = 40;
const NIGHT = { from: '21:00', until: '06:00' };
/** So many people and operators are remembered; the longest ago is forgotten first. */
const MOST_REMEMBERED = 20_000;

/** Known patterns of misuse, of people and of a log; a supervisor is told, and asks. */
export type Pattern = 'MANY_OPERATORS' | 'MANY_PEOPLE' | 'ODD_HOURS' | 'OWN_FAMILY' | 'GUESSING' | 'LOG_CONTRADICTED';

/** An operator has seen something of a person. */
export interface Look {
  operator: string;
  person: ResidentRecordCode;
  at: Date;
  /** Whether it was part of a case: a notification, a copy, a report, not a look alone. */
  isCase: boolean;
}

/** What looks like one of the patterns. */
export interface Suspicion {
  pattern: Pattern;
  /** Of a contradicted log: the office that it is the log of. Of an agency: `agency/` and its name. */
  operator: string;
  /** Where it is about one person. */
  person: ResidentRecordCode | null;
}

/** What an office's operators have looked at lately, and what of it is suspicious; each suspicion once a day. */
export class MisuseWatch {
  /** By person: which operator looked last when. */
  private readonly onlookers = new Map<ResidentRecordCode, Map<string, number>>();
  /** By operator: at whom they looked last when, without a case. */
  private readonly seen = new Map<string, Map<ResidentRecordCode, number>>();
  /** By operator: for whom they did something last when. */
  private readonly served = new Map<string, Map<ResidentRecordCode, number>>();
  private readonly raised = new Map<string, string>();

  note(look: Look): Suspicion[] {
    const suspicions = [...this.manyOperators(look), ...this.manyPeople(look), ...oddHours(look)];
    return suspicions.filter((suspicion) => this.isNew(suspicion, look.at));
  }

  /** Somebody of the operator's own family was seen, with a case or without: whoever it is, others can serve them. */
  noteFamily({ operator, person, at }: Pick<Suspicion, 'operator' | 'person'> & { at: Date }): Suspicion[] {
    const suspicion: Suspicion = { pattern: 'OWN_FAMILY', operator, person };
    return this.isNew(suspicion, at) ? [suspicion] : [];
  }

  /** An agency asks about more people who are nobody than anybody does who knows whom to ask for. */
  noteGuessing(agency: string, at: Date): Suspicion[] {
    const suspicion: Suspicion = { pattern: 'GUESSING', operator: `agency/${agency}`, person: null };
    return this.isNew(suspicion, at) ? [suspicion] : [];
  }

  private manyOperators({ person, operator, at }: Look): Suspicion[] {
    const onlookers = remembered(this.onlookers, person);
    onlookers.set(operator, at.getTime());
    forgetBefore(onlookers, at.getTime() - WEEK_MS);
    return onlookers.size >= MANY_OPERATORS ? [{ pattern: 'MANY_OPERATORS', operator, person }] : [];
  }

  private manyPeople({ person, operator, at, isCase }: Look): Suspicion[] {
    const [people, served] = [remembered(this.seen, operator), remembered(this.served, operator)];
    for (const times of [people, served]) forgetBefore(times, at.getTime() - HOUR_MS);
    if (isCase) {
      people.delete(person);
      served.set(person, at.getTime());
    } else if (!served.has(person)) people.set(person, at.getTime());
    return people.size >= MANY_PEOPLE ? [{ pattern: 'MANY_PEOPLE', operator, person: null }] : [];
  }

  private isNew({ pattern, operator, person }: Suspicion, at: Date): boolean {
    const about = pattern === 'MANY_OPERATORS' ? person : operator;
    const day = today({ now: () => at });
    if (this.raised.get(`${pattern} ${about}`) === day) return false;
    if (this.raised.size >= MOST_REMEMBERED) this.raised.clear();
    this.raised.set(`${pattern} ${about}`, day);
    return true;
  }
}

/** At night, and at the weekend: a case can take until late, a look alone need not. */
function oddHours({ operator, at, isCase }: Look): Suspicion[] {
  const clock: Clock = { now: () => at };
  const time = timeOfDay(clock);
  const isWeekend = [0, 6].includes(dayOfWeek(today(clock)));
  const isOdd = isWeekend || time >= NIGHT.from || time < NIGHT.until;
  return isOdd && !isCase ? [{ pattern: 'ODD_HOURS', operator, person: null }] : [];
}

function remembered<Key>(all: Map<string, Map<Key, number>>, key: string): Map<Key, number> {
  const found = all.get(key) ?? new Map<Key, number>();
  // Put last, so that the first of the map is whoever was met longest ago.
  all.delete(key);
  all.set(key, found);
  const [oldest] = all.keys();
  if (all.size > MOST_REMEMBERED && oldest !== undefined) all.delete(oldest);
  return found;
}

function forgetBefore<Key>(times: Map<Key, number>, limit: number): void {
  for (const [key, time] of times) if (time < limit) times.delete(key);
}
