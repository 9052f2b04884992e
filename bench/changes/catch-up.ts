import { setTimeout as wait } from 'node:timers/promises';
import { addresses } from '#core/places.js';
import { GetSyncStatus } from '#scripts/operator/procedures.js';
import { Staff } from '#scripts/operator/staff.js';
import { LEVELS, type Level, OFFICES } from './level.js';
import { OfficeProcess } from './office-process.js';
import { progressOf } from './progress.js';
import type { ThreeLevels } from './three-levels.js';
import { type Usage, watchUsage } from './usage.js';

/** Seldom, since each look is a call that the office accounts for; often once the end is near, so that it is seen in time. */
const LOOK_EVERY_MS = 1_000;
const LOOK_OFTEN_MS = 50;
const NEAR = 0.02;
/** So long nothing may move. */
const PATIENCE_MS = 60_000;

/** How it went until the centre had all. */
export interface CatchingUp {
  seconds: number;
  usage: Record<Level, Usage>;
}

/**
 * Runs the three offices, the municipality last, until all that waits in its queue is at the centre; then stops them.
 * Time runs from when the municipality serves.
 */
export async function catchUp(
  levels: ThreeLevels,
  waiting: number,
  nodeOptionsOf: (level: Level) => string[],
): Promise<CatchingUp> {
  const offices: OfficeProcess[] = [];
  try {
    for (const level of LEVELS.toReversed()) {
      const environment = { ...levels.environment, JUKI_OFFICE: OFFICES[level] };
      offices.push(await OfficeProcess.start(level, environment, nodeOptionsOf(level)));
    }
    const startedAt = performance.now();
    const watches = offices.map((office) => ({ level: office.level, end: watchUsage(office) }));
    await untilAllAreUp(levels, waiting);
    const seconds = (performance.now() - startedAt) / 1000;
    const usage = Object.fromEntries(watches.map(({ level, end }) => [level, end()])) as Record<Level, Usage>;
    for (const office of offices.toReversed()) await office.stop();
    const warnings = offices.reduce((sum, office) => sum + office.warnings, 0);
    if (warnings > 0) console.error(`the offices logged ${warnings} warnings: the line was not undisturbed`);
    return { seconds, usage };
  } finally {
    for (const office of offices) office.kill();
  }
}

async function untilAllAreUp({ network, certs }: ThreeLevels, waiting: number): Promise<void> {
  const addressOf = addresses(network, 'LOOPBACK');
  const below = [OFFICES.municipality, OFFICES.prefecture].map((office) => new Staff({ certs, office, addressOf }));
  const progress = progressOf('at the centre', waiting);
  let [up, movedAt] = [0, performance.now()];
  try {
    for (;;) {
      const now = waiting - (await stillBelow(below));
      if (now > up) [up, movedAt] = [now, performance.now()];
      progress.at(up);
      if (up >= waiting) return;
      if (performance.now() - movedAt > PATIENCE_MS) throw new Error(`nothing moves: ${up} of ${waiting} are up`);
      await wait(waiting - up < waiting * NEAR ? LOOK_OFTEN_MS : LOOK_EVERY_MS);
    }
  } finally {
    progress.end();
    for (const operator of below) operator.close();
  }
}

/**
 * How many wait below the centre, at most. The municipality is asked first: what has left it by then is at the
 * prefecture or above, so none is overlooked; one that moves in between counts twice.
 */
async function stillBelow(below: Staff[]): Promise<number> {
  let sum = 0;
  for (const operator of below) sum += Number((await operator.ask(GetSyncStatus, {})).waiting);
  return sum;
}
