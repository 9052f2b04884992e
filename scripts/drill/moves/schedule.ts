import type { Random } from '../../seed/random.js';
import { type Fate, streamOf } from '../schedule.js';
import { FAMILY_COUNT } from './residents.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Offices' clocks differ by less than a proof is good for. */
const MOST_OFFSET = 2 * MINUTE;

/** What is to happen, drawn from a seed; what it happens to is drawn on the way. */
export interface MoveSchedule {
  seed: number;
  /** Which families do anything. */
  families: number[];
  /** How often each of them comes to a counter. */
  visits: number;
  /** How long they wait in between: the longest, each as often as its number says. */
  waits: (readonly [weight: number, ms: number])[];
  /** When the first of them comes, from the beginning. */
  startsAfter: number;
  fates: (readonly [weight: number, fate: Fate])[];
  /** A visit in so many is cut off by a crash of one of the offices. */
  visitCrashOneIn: number;
  /** How probable it is that a family does two things at once, or does not wait for an answer. */
  atOnce: number;
  /** A message in so many comes again, proved anew. */
  echoOneIn: number;
  partitions: number;
  /** How far each office's clock is ahead, in the order of the network. */
  offsets: number[];
}

/** The schedule of a seed: always the same one. */
export function moveScheduleOf(seed: number): MoveSchedule {
  const random = streamOf(seed, 'moves');
  const all = Array.from({ length: FAMILY_COUNT }, (_, i) => i);
  const families = random.shuffled(all).slice(
    0,
    random.weighted([
      [6, 1],
      [3, 2],
      [1, 3],
    ] as const),
  );
  return {
    ...{ seed, families, visits: random.between(5, 13) - 2 * families.length },
    waits: waitsOf(random),
    // Now and then around midnight in Tokyo; schedules begin at ten in the morning.
    startsAfter: random.chance(0.3) ? 14 * 60 * MINUTE - random.integer(5 * MINUTE) : random.integer(MINUTE),
    fates: fatesOf(random),
    ...{
      visitCrashOneIn: random.pick([random.between(4, 12), random.between(20, 60)]),
      atOnce: random.pick([0.05, 0.3]),
      echoOneIn: random.pick([2, 5, 20]),
      partitions: random.integer(3),
    },
    offsets: Array.from({ length: 6 }, () => (random.chance(0.5) ? random.between(-MOST_OFFSET, MOST_OFFSET) : 0)),
  };
}

function waitsOf(random: Random): MoveSchedule['waits'] {
  const often = (most: number) => random.integer(most + 1);
  return [
    ...([
      [1 + often(5), 100],
      [1 + often(5), 30_000],
      [often(5), 10 * MINUTE],
    ] as const),
    ...([
      [often(4), DAY],
      [often(2), 12 * DAY],
      [often(1), 45 * DAY],
    ] as const),
  ];
}

function fatesOf(random: Random): MoveSchedule['fates'] {
  const often = (most: number) => random.integer(most + 1);
  return [
    [random.pick([random.between(6, 40), random.between(60, 240)]), 'ARRIVES'],
    [often(4), 'QUESTION_LOST'],
    [often(6), 'ANSWER_LOST'],
    [often(4), 'TWICE'],
    [often(3), 'AGAIN_MUCH_LATER'],
    [often(5), 'LATE'],
    [often(3), 'ANSWERING_OFFICE_CRASHES'],
    [often(2), 'ASKING_OFFICE_CRASHES'],
  ];
}
