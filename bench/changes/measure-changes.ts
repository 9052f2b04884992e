import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { RunningClock, today } from '#core/domain/clock.js';
import { codeOf } from '#core/domain/office.js';
import { ledgerFile } from '#core/places.js';
import { nodeFlags } from '#scripts/network/compose-file.js';
import { bareNodeMegabytes } from '../bare-node.js';
import type { Figure } from '../figure.js';
import { type CatchingUp, catchUp } from './catch-up.js';
import { drawEntries } from './draw-entries.js';
import { holdLedgers, type Kept } from './hold-ledgers.js';
import { LEVELS, type Level, OFFICES } from './level.js';
import { makeThreeLevels } from './three-levels.js';
import { writeEntries } from './write-entries.js';

const ENTRIES = 100_000;
const NAMES: Record<Level, string> = {
  municipality: 'the municipality',
  prefecture: 'the prefecture',
  national: 'the centre',
};

/** A municipality that was cut off for days: its ledger is full of what nobody above knows of, and then the line is back. */
export async function measureChanges(
  folder: string,
  { entries: count = ENTRIES, profile }: { entries?: number; profile?: Level },
): Promise<Figure[]> {
  const levels = await makeThreeLevels(folder, new Date());
  const written = await writeBoth(folder, levels.data, count, new RunningClock(levels.network.clockStartsAt));
  // As in a container.
  const catching = await catchUp(levels, count, (level) => [
    ...nodeFlags('prefecture'),
    ...(level === profile ? profiling(level) : []),
  ]);
  const kept = await holdLedgers(levels.data, count);
  return [
    {
      name: 'entries_per_second',
      what: `${count} entries that waited at a municipality, until the centre had them all: three processes, mutual TLS`,
      ...{ measured: count / catching.seconds, unit: 'a second' },
      against: { value: written.alone.perSecond, what: 'the same written into one ledger, without a line' },
    },
    {
      name: 'entries_queued_per_second',
      what: 'the same, recorded at the municipality while it was cut off',
      ...{ measured: written.queued.perSecond, unit: 'a second' },
      against: { value: written.alone.perSecond, what: 'without a queue to go up' },
    },
    {
      // Holds where other programs take their share of the machine, as seconds do not.
      name: 'entry_cpu_microseconds',
      what: 'processor time of an entry on its way, at the three levels together',
      ...{ measured: (cpuSecondsOf(catching) * 1e6) / count, unit: 'µs' },
      against: { value: written.alone.cpuMicroseconds, what: 'written into one ledger, without a line' },
    },
    ...LEVELS.flatMap((level) => [...usageFigures(level, catching), ...keptFigures(level, kept[level], count)]),
  ];
}

/** Entries a second into a ledger that stands alone, and into the municipality's with its queue. */
async function writeBoth(folder: string, data: string, count: number, clock: RunningClock) {
  const [municipality, parent] = [OFFICES.municipality, OFFICES.prefecture];
  const entries = drawEntries(count, { municipality: codeOf(municipality), on: today(clock), newId: randomUUID });
  console.error(`${count} entries are written into a ledger that stands alone, and into the municipality's`);
  const alone = await writeEntries(`sqlite:${join(folder, 'alone.sqlite')}`, entries, { clock, parent: undefined });
  const queued = await writeEntries(ledgerFile(data, municipality), entries, { clock, parent });
  return { alone, queued };
}

function profiling(level: Level): string[] {
  return ['--cpu-prof', '--cpu-prof-dir=reports', `--cpu-prof-name=${level}.cpuprofile`];
}

function cpuSecondsOf({ usage }: CatchingUp): number {
  return LEVELS.reduce((sum, level) => sum + usage[level].cpuSeconds, 0);
}

function usageFigures(level: Level, { usage, seconds }: CatchingUp): Figure[] {
  const { cpuSeconds, peak, quarters } = usage[level];
  return [
    {
      name: `${level}_cpu_seconds`,
      what: `processor time of ${NAMES[level]} meanwhile`,
      ...{ measured: cpuSeconds, unit: 's', against: { value: seconds, what: 'it took' } },
    },
    {
      name: `${level}_memory_peak_mb`,
      what: `memory of ${NAMES[level]}, resident, at most`,
      ...{ measured: peak, unit: 'MB', against: { value: bareNodeMegabytes(), what: 'node alone' } },
    },
    ...(quarters
      ? [
          {
            name: `${level}_memory_flat_mb`,
            what: 'the same in the last quarter of the run, median',
            ...{
              measured: quarters.last,
              unit: 'MB',
              against: { value: quarters.second, what: 'in its second quarter' },
            },
          },
        ]
      : []),
  ];
}

function keptFigures(level: Level, { rows, megabytes, deliveries }: Kept, count: number): Figure[] {
  const against = { value: count, unit: 'entries', what: 'that climbed' };
  return [
    {
      name: `${level}_rows_kept`,
      what: `rows that ${NAMES[level]} keeps afterwards: holdings, changes, log`,
      ...{ measured: rows, unit: 'rows', against },
    },
    {
      name: `${level}_ledger_kb`,
      what: 'size of its ledger',
      ...{ measured: megabytes * 1000, unit: 'kB', against },
    },
    ...(level === 'municipality'
      ? []
      : [
          {
            name: `${level}_deliveries`,
            what: `deliveries that ${NAMES[level]} answered`,
            ...{ measured: deliveries, unit: 'deliveries', against },
          },
        ]),
  ];
}
