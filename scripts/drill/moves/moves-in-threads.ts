import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { addCoverage, nothingCovered } from './coverage.js';
import type { MovePlayed, MovesDrilled, Seeds } from './moves.js';

const THREAD = new URL('./moves-thread.js', import.meta.url);

/** What a thread says: that one is played, and at last what all of its own came to. */
export type Said = { played: MovePlayed } | { drilled: MovesDrilled };

/** As `drillMoves`, with a thread for each processor: which schedule is played where makes no difference to it. */
export async function drillMovesInThreads(
  { schedules, seed }: Seeds,
  onPlayed: (played: MovePlayed) => void,
): Promise<MovesDrilled> {
  const each = Math.ceil(schedules / availableParallelism());
  const parts: Seeds[] = [];
  for (let from = 0; from < schedules; from += each)
    parts.push({ schedules: Math.min(each, schedules - from), seed: seed + from });
  const drilled = await Promise.all(parts.map((part) => drillInThread(part, onPlayed)));
  const covered = nothingCovered();
  for (const part of drilled) addCoverage(covered, part.covered);
  const [lost, doubled] = [sum(drilled, 'lost'), sum(drilled, 'doubled')];
  return { schedules, lost, doubled, seed: drilled.find((part) => part.seed !== null)?.seed ?? null, covered };
}

async function drillInThread(part: Seeds, onPlayed: (played: MovePlayed) => void): Promise<MovesDrilled> {
  const thread = new Worker(THREAD, { workerData: part });
  let drilled: MovesDrilled | undefined;
  thread.on('message', (said: Said) => {
    if ('played' in said) onPlayed(said.played);
    else drilled = said.drilled;
  });
  await once(thread, 'exit');
  if (!drilled) throw new Error('a thread of the drill ended before its schedules did');
  return drilled;
}

function sum(parts: MovesDrilled[], what: 'lost' | 'doubled'): number {
  return parts.reduce((total, part) => total + part[what], 0);
}
