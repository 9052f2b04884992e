import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { drillAudit } from './audit/drill-audit.js';
import { drillChanges, type Played } from './changes.js';
import type { CrashViolation } from './crash/crash-network.js';
import { drillCrash } from './crash/drill-crash.js';
import type { MovePlayed } from './moves/moves.js';
import { drillMovesInThreads } from './moves/moves-in-threads.js';

const MOST_TOLD = 20;

const program = new Command('npm run drill --').description('Faults upon a network, and what has to hold after them');
program
  .command('changes')
  .description('changes climb the tree while messages are lost and doubled, and offices crash and are put back')
  .option('--schedules <number>', 'how many', positive, 1000)
  .option('--seed <number>', 'of the first; each next one has the next seed', positive, 1)
  .action(changes);
program
  .command('moves')
  .description(
    'people move with cards while messages are lost, doubled and late, and offices crash; nobody is lost or doubled',
  )
  .option('--schedules <number>', 'how many', positive, 1000)
  .option('--seed <number>', 'of the first; each next one has the next seed', positive, 1)
  .option('--story', 'tells what happened in those that failed', false)
  .action(moves);
program
  .command('audit')
  .description('an office is killed while it answers; no answer is without its log entry, and the tree is whole')
  .option('--kills <number>', 'how often', positive, 100)
  .option('--seed <number>', 'of what is asked, and of when it is killed', positive, 1)
  .action(audit);
program
  .command('crash')
  .description('a family moves with its card, once for each point at which one of five offices can die: kill -9 there')
  .option('--together <number>', 'so many families move besides while two or three offices die', notNegative, 20)
  .option('--seed <number>', 'of which those are, and where they die', positive, 1)
  .action(crash);
await program.parseAsync();

async function changes({ schedules, seed }: { schedules: number; seed: number }): Promise<void> {
  const startedAt = performance.now();
  const failed: Played[] = [];
  const progress = progressOver(schedules, 'schedules');
  const drilled = await drillChanges({ schedules, seed }, (played) => {
    if (played.violations.length > 0) failed.push(played);
    progress.step(failed.length);
  });
  progress.stop();
  for (const { schedule, violations } of failed.slice(0, MOST_TOLD)) {
    console.log(`seed ${schedule.seed} (${schedule.kind}):`);
    for (const { rule, office, detail } of violations.slice(0, MOST_TOLD))
      console.log(`  ${rule} ${office}: ${detail}`);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    `${schedules} schedules, ${drilled.processes} of them with real processes, ${failed.length} failed: ${seconds} s`,
  );
  const { lost, doubled, seed: firstFailed, processes } = drilled;
  console.log(JSON.stringify({ drill: 'changes', schedules, lost, doubled, seed: firstFailed, processes }));
  process.exitCode = failed.length > 0 ? 1 : 0;
}

interface MovesOptions {
  schedules: number;
  seed: number;
  story: boolean;
}

async function moves({ schedules, seed, story: isTold }: MovesOptions): Promise<void> {
  const startedAt = performance.now();
  const failed: MovePlayed[] = [];
  const progress = progressOver(schedules, 'schedules');
  const { covered, ...drilled } = await drillMovesInThreads({ schedules, seed }, (played) => {
    if (played.violations.length > 0) failed.push(played);
    progress.step(failed.length);
  });
  progress.stop();
  for (const { schedule, violations, story } of failed.slice(0, MOST_TOLD)) {
    console.log(`seed ${schedule.seed}:`);
    if (isTold) for (const line of story) console.log(`    ${line}`);
    for (const { rule, office, detail } of violations.slice(0, MOST_TOLD))
      console.log(`  ${rule} ${office}: ${detail}`);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${schedules} schedules, ${failed.length} failed: ${seconds} s`);
  console.log(JSON.stringify({ drill: 'moves', ...drilled, ...covered }));
  process.exitCode = failed.length > 0 ? 1 : 0;
}

async function audit({ kills, seed }: { kills: number; seed: number }): Promise<void> {
  const startedAt = performance.now();
  const progress = progressOver(kills, 'kills');
  const { violations, ...drilled } = await drillAudit({ kills, seed }, () => progress.step(0));
  progress.stop();
  for (const { rule, detail } of violations.slice(0, MOST_TOLD)) console.log(`  ${rule}: ${detail}`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const { answers, refusals, entries, cutOff, loggedAndCutOff } = drilled;
  console.log(
    `${drilled.kills} kills: ${answers} answers arrived, ${refusals} of them refusals; ${entries} log entries`,
  );
  console.log(`${cutOff} questions had no answer, of which ${loggedAndCutOff} are in the log as answered`);
  console.log(
    `${violations.length === 0 ? 'sound' : `${violations.length} times something did not hold`}: ${seconds} s`,
  );
  console.log(JSON.stringify({ drill: 'audit', seed, ...drilled, violations: violations.length }));
  process.exitCode = violations.length > 0 ? 1 : 0;
}

async function crash(wanted: { together: number; seed: number }): Promise<void> {
  const startedAt = performance.now();
  let progress: ReturnType<typeof progressOver> | undefined;
  let [failed, remaining] = [0, 0];
  const { violations, ...drilled } = await drillCrash(wanted, (left, found) => {
    if (!progress) remaining = left + 1;
    progress ??= progressOver(remaining, 'points');
    failed += found.length;
    for (; remaining > left; remaining--) progress.step(failed);
  });
  progress?.stop();
  for (const violation of violations.slice(0, MOST_TOLD)) console.log(`  ${toldOf(violation)}`);
  for (const [office, points] of Object.entries(drilled.points)) console.log(`${office}: ${points} points`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    `${drilled.deaths} families moved while an office died, ${violations.length} times something is wrong: ${seconds} s`,
  );
  const counted = { lost: count(violations, 'LOST'), doubled: count(violations, 'DOUBLED') };
  console.log(JSON.stringify({ drill: 'crash', ...drilled, ...counted, violations: violations.length }));
  process.exitCode = violations.length > 0 ? 1 : 0;
}

function toldOf({ rule, course, detail }: CrashViolation): string {
  const deaths = course?.deaths.map(({ office, at }) => `${office} died ${at}`) ?? [];
  return [rule, detail, ...deaths, course?.givesUpOnce && 'given up once'].filter(Boolean).join(', ');
}

function count(violations: CrashViolation[], rule: CrashViolation['rule']): number {
  return violations.filter((violation) => violation.rule === rule).length;
}

/** A bar where somebody watches, a line now and then where it is kept. */
function progressOver(total: number, what: string): { step: (failed: number) => void; stop: () => void } {
  if (process.stderr.isTTY) {
    const bar = new SingleBar({ format: `{bar} {value}/{total} ${what}, {failed} failed, {eta_formatted} to go` });
    bar.start(total, 0, { failed: 0 });
    return { step: (failed) => bar.increment(1, { failed }), stop: () => bar.stop() };
  }
  let done = 0;
  const lines = (failed: number) => {
    done += 1;
    if (done % Math.ceil(total / 10) === 0) console.error(`${done} of ${total} ${what}, ${failed} failed`);
  };
  return { step: lines, stop: () => {} };
}

function positive(text: string): number {
  const number = notNegative(text);
  if (number < 1) throw new InvalidArgumentError('not a positive whole number');
  return number;
}

function notNegative(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('not a whole number');
  return number;
}
