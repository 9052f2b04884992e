import { readFileSync } from 'node:fs';
import { median } from '../figure.js';
import type { OfficeProcess } from './office-process.js';

const EVERY_MS = 1_000;
/** Linux counts processor time in these, whatever the machine. */
const TICKS_A_SECOND = 100;
/** Of fewer samples, quarters tell nothing. */
const FEWEST = 12;

/** What a process took while it was watched. */
export interface Usage {
  cpuSeconds: number;
  /** Resident, in megabytes. */
  peak: number;
  /** The medians of two quarters of the run; undefined where it was too short for them. */
  quarters: { second: number; last: number } | undefined;
}

/**
 * Watches what a process takes, from now on: its resident set every second, and its processor time.
 *
 * @returns a function that ends this, and says what was seen
 */
export function watchUsage({ pid }: Pick<OfficeProcess, 'pid'>): () => Usage {
  const samples = [residentMegabytes(pid)];
  const before = cpuSeconds(pid);
  const timer = setInterval(() => samples.push(residentMegabytes(pid)), EVERY_MS);
  return () => {
    clearInterval(timer);
    samples.push(residentMegabytes(pid));
    return { cpuSeconds: cpuSeconds(pid) - before, peak: Math.max(...samples), quarters: quartersOf(samples) };
  };
}

function quartersOf(samples: number[]): Usage['quarters'] {
  if (samples.length < FEWEST) return undefined;
  const from = (quarter: number) => Math.floor((samples.length * quarter) / 4);
  return { second: median(samples.slice(from(1), from(2))), last: median(samples.slice(from(3))) };
}

/** `VmRSS:     69420 kB` */
function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kilobytes) * 1024) / 1e6;
}

/** Of the program and of the kernel for it; the fields are counted from behind the name, which can hold anything. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
