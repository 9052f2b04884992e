import { Random } from '../seed/random.js';

/** One schedule in so many runs real processes. */
const PROCESSES_ONE_IN = 100;

/** What may become of a question on the line, each as often as its number says. */
export type Fate =
  | 'ARRIVES'
  | 'QUESTION_LOST'
  | 'ANSWER_LOST'
  | 'TWICE'
  | 'AGAIN_MUCH_LATER'
  | 'LATE'
  | 'ANSWERING_OFFICE_CRASHES'
  | 'ASKING_OFFICE_CRASHES';

/** What is to happen in one process, drawn from a seed; what it happens to is drawn on the way. */
export interface FaultSchedule {
  kind: 'FAULTS';
  seed: number;
  acts: number;
  /** Acts of several days rather than of one. */
  days: number;
  fates: (readonly [weight: number, fate: Fate])[];
  /** An act in so many is cut off by a crash of its office. */
  actCrashOneIn: number;
  crashes: number;
  partitions: number;
  /** Ledgers above that are put back to an old copy. */
  restores: number;
  /** Names above in which a character changes by itself. */
  corruptions: number;
  /** Consistency checks with repair while all this goes on. */
  checks: number;
}

/** Offices as processes of their own, some of which are killed. */
export interface ProcessSchedule {
  kind: 'PROCESSES';
  seed: number;
  acts: number;
  kills: number;
}

export type Schedule = FaultSchedule | ProcessSchedule;

/** The schedule of a seed: always the same one. */
export function scheduleOf(seed: number): Schedule {
  const random = streamOf(seed, 'schedule');
  if (random.integer(PROCESSES_ONE_IN) === 0)
    return { kind: 'PROCESSES', seed, acts: random.between(12, 20), kills: random.between(1, 3) };
  const often = (most: number) => random.integer(most + 1);
  return {
    ...{ kind: 'FAULTS', seed, acts: random.between(5, 12), days: random.weighted([...ONE_DAY, ...MORE_DAYS]) },
    fates: [
      [random.between(6, 30), 'ARRIVES'],
      [often(4), 'QUESTION_LOST'],
      [often(5), 'ANSWER_LOST'],
      [often(4), 'TWICE'],
      [often(4), 'AGAIN_MUCH_LATER'],
      [often(4), 'LATE'],
      [often(3), 'ANSWERING_OFFICE_CRASHES'],
      [often(2), 'ASKING_OFFICE_CRASHES'],
    ],
    ...{ actCrashOneIn: random.between(5, 30), crashes: often(2), partitions: often(2) },
    restores: random.chance(0.25) ? 1 : 0,
    corruptions: random.chance(0.2) ? random.between(1, 2) : 0,
    checks: random.chance(0.3) ? random.between(1, 2) : 0,
  };
}

const ONE_DAY = [[3, 1]] as const;
const MORE_DAYS = [
  [2, 2],
  [1, 4],
] as const;

/** A stream of its own for each purpose, so that what is drawn for one does not move what is drawn for another. */
export function streamOf(seed: number, purpose: string): Random {
  return new Random(`drill/${seed}/${purpose}`);
}
