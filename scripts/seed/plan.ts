import type { CalendarDate } from '#core/domain/calendar-date.js';
import { LAST_EVENT } from './days.js';
import type { Shape } from './households.js';
import { SEQUENCE_SURNAMES, SURNAMES, VARIANT_SURNAMES, type Written } from './names.js';
import type { Random } from './random.js';
import type { Deadlines } from './settlement.js';

/** What comes over a household after it has settled. */
export type Fate = 'PROTECTED' | 'CORRECTED' | 'BEREAVED' | 'MOVED_OUT' | 'CHILD_LEFT';

export interface HouseholdPlan extends Deadlines {
  shape: Shape;
  fate: Fate | null;
  surnames: Written[];
  /** Whether the householder is one of the two residents who share name, birth date and sex. */
  namesake: boolean;
}

const SETTLED_BEFORE: Record<Fate, CalendarDate> = {
  PROTECTED: '2015-12-25',
  CORRECTED: '2015-12-25',
  BEREAVED: '2015-03-31',
  MOVED_OUT: '2015-03-31',
  CHILD_LEFT: '2015-03-31',
};

/** Each municipality has these, whatever the seed: demonstrations and tests count on them. */
const ALWAYS: HouseholdPlan[] = [
  plan('LARGE_FAMILY', { surnames: VARIANT_SURNAMES }),
  plan('LARGE_FAMILY', {}),
  plan('COUPLE', { surnames: SEQUENCE_SURNAMES }),
  plan('WITH_PARENTS', {}),
  // Here for so long that the householder's juki card can have expired.
  plan('WITH_SONS_FAMILY', { cameBy: '2004-12-31' }),
  plan('WITH_COMMON_NAME', {}),
  plan('PARENT_AND_CHILD', { fate: 'PROTECTED' }),
  plan('COUPLE', { fate: 'CORRECTED' }),
  plan('ELDERLY_COUPLE', { fate: 'BEREAVED' }),
  plan('SINGLE', { fate: 'MOVED_OUT' }),
  plan('SINGLE', { namesake: true }),
  plan('FAMILY', { namesake: true }),
];

const OFTEN: [number, Shape][] = [
  [26, 'SINGLE'],
  [9, 'ELDERLY_SINGLE'],
  [12, 'COUPLE'],
  [9, 'ELDERLY_COUPLE'],
  [17, 'FAMILY'],
  [8, 'GROWN_FAMILY'],
  [3, 'WITH_PARENTS'],
  [2, 'WITH_SONS_FAMILY'],
  [5, 'PARENT_AND_CHILD'],
  [4, 'CHILD_AND_MOTHER'],
  [3, 'UNMARRIED_COUPLE'],
  [2, 'WITH_LODGER'],
  [4, 'FOREIGN_SINGLE'],
  [3, 'MIXED_COUPLE'],
];

const FATES: Partial<Record<Shape, Fate>> = {
  SINGLE: 'MOVED_OUT',
  ELDERLY_SINGLE: 'BEREAVED',
  ELDERLY_COUPLE: 'BEREAVED',
  GROWN_FAMILY: 'CHILD_LEFT',
};

export function planHouseholds(random: Random, count: number): HouseholdPlan[] {
  if (count < ALWAYS.length) throw new RangeError(`a municipality has at least ${ALWAYS.length} households`);
  const others = Array.from({ length: count - ALWAYS.length }, () => drawPlan(random));
  return random.shuffled([...ALWAYS, ...others]);
}

function drawPlan(random: Random): HouseholdPlan {
  const shape = random.weighted(OFTEN);
  return plan(shape, { fate: random.chance(0.07) ? (FATES[shape] ?? null) : null });
}

function plan(shape: Shape, particulars: Partial<HouseholdPlan>): HouseholdPlan {
  const fate = particulars.fate ?? null;
  const settledBy = fate === null ? LAST_EVENT : SETTLED_BEFORE[fate];
  return { shape, fate, surnames: SURNAMES, namesake: false, cameBy: settledBy, settledBy, ...particulars };
}
