import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { addCoverage, type Covered, nothingCovered } from './coverage.js';
import { type MovingTemplates, makeMovingTemplates } from './moving-templates.js';
import { type MovesPlayed, runMoves } from './run-moves.js';
import { type MoveSchedule, moveScheduleOf } from './schedule.js';
import type { MoveViolation } from './violation.js';

/** So many schedules, of consecutive seeds. */
export interface Seeds {
  schedules: number;
  /** Of the first. */
  seed: number;
}

/** What a drill of moves came to. */
export interface MovesDrilled {
  schedules: number;
  /** People, or changes of theirs, that are nowhere. */
  lost: number;
  /** People who were on two registers, or changes that a level has twice. */
  doubled: number;
  /** The lowest whose schedule failed. */
  seed: number | null;
  covered: Covered;
}

/** What one schedule came to. */
export interface MovePlayed {
  schedule: MoveSchedule;
  violations: MoveViolation[];
  story: string[];
}

/** Plays the schedules of consecutive seeds: people move with cards while faults fall upon the offices and the line. */
export async function drillMoves(
  { schedules, seed }: Seeds,
  onPlayed: (played: MovePlayed) => void,
): Promise<MovesDrilled> {
  const folder = mkdtempSync(join(tmpdir(), 'juki-drill-'));
  const drilled: MovesDrilled = { schedules, lost: 0, doubled: 0, seed: null, covered: nothingCovered() };
  try {
    const templates = await makeMovingTemplates(folder);
    for (let i = 0; i < schedules; i++) {
      const schedule = moveScheduleOf(seed + i);
      const { violations, covered, story } = await play(schedule, templates);
      const of = (rule: string) => violations.filter((violation) => violation.rule === rule).length;
      drilled.lost += of('LOST');
      drilled.doubled += of('DOUBLED');
      if (violations.length > 0) drilled.seed ??= schedule.seed;
      addCoverage(drilled.covered, covered);
      onPlayed({ schedule, violations, story });
    }
    return drilled;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(schedule: MoveSchedule, templates: MovingTemplates): Promise<MovesPlayed> {
  try {
    return await runMoves(schedule, templates);
  } catch (error) {
    // Its words could hold anything.
    const detail = error instanceof Error ? error.name : 'failed';
    return { violations: [{ rule: 'FAILED', office: NATIONAL_CENTRE, detail }], covered: nothingCovered(), story: [] };
  }
}
