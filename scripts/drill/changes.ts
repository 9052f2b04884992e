import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Violation } from './invariants.js';
import { Preparation } from './prepared-country.js';
import { runFaults } from './run-faults.js';
import { runProcesses } from './run-processes.js';
import { type Schedule, scheduleOf } from './schedule.js';
import { makeTemplates, type Templates } from './templates.js';

/** What a drill came to. */
export interface Drilled {
  schedules: number;
  /** Of them, those with real processes. */
  processes: number;
  /** Changes that a level above has not. */
  lost: number;
  /** Changes that a level has more than once. */
  doubled: number;
  /** The lowest whose schedule failed. */
  seed: number | null;
}

/** What one schedule came to. */
export interface Played {
  schedule: Schedule;
  violations: Violation[];
}

/**
 * Plays the schedules of consecutive seeds: offices that record changes while faults fall upon them and the line, and at
 * the end the rules that have to hold. Those with real processes are played beside the others, one at a time.
 */
export async function drillChanges(
  { schedules, seed }: { schedules: number; seed: number },
  onPlayed: (played: Played) => void,
): Promise<Drilled> {
  const folder = mkdtempSync(join(tmpdir(), 'juki-drill-'));
  const drilled: Drilled = { schedules, processes: 0, lost: 0, doubled: 0, seed: null };
  try {
    const places = { folder, templates: await makeTemplates(folder), preparation: new Preparation(folder) };
    const all = Array.from({ length: schedules }, (_, i) => scheduleOf(seed + i));
    const playAll = async (kind: Schedule['kind']) => {
      for (const schedule of all.filter((one) => one.kind === kind)) {
        const violations = await play(schedule, places);
        count(drilled, { schedule, violations });
        onPlayed({ schedule, violations });
      }
    };
    await Promise.all([playAll('FAULTS'), playAll('PROCESSES')]);
    return drilled;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Places {
  folder: string;
  templates: Templates;
  preparation: Preparation;
}

async function play(schedule: Schedule, places: Places): Promise<Violation[]> {
  try {
    return await (schedule.kind === 'FAULTS' ? runFaults(schedule, places) : runProcesses(schedule, places));
  } catch (error) {
    // Its words could hold anything.
    const detail = error instanceof Error ? error.name : 'failed';
    return [{ rule: 'FAILED', office: 'national', detail }];
  }
}

function count(drilled: Drilled, { schedule, violations }: Played): void {
  const of = (rule: string) => violations.filter((violation) => violation.rule === rule).length;
  drilled.lost += of('LOST');
  drilled.doubled += of('DOUBLED');
  if (schedule.kind === 'PROCESSES') drilled.processes += 1;
  if (violations.length > 0) drilled.seed = Math.min(drilled.seed ?? schedule.seed, schedule.seed);
}
