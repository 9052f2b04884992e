import { median } from '../figure.js';
import type { Pace } from './latencies.js';

/** What is measured; undefined where it can not be had on this machine. */
type Measure = (() => Promise<Pace>) | undefined;
type Paces<Measures> = { [Name in keyof Measures]: undefined extends Measures[Name] ? Pace | undefined : Pace };

/**
 * Measures one after another, and all of them again, round after round: what the machine does meanwhile hits all alike.
 *
 * @returns of each the medians
 */
export async function interleaved<Measures extends Record<string, Measure>>(
  rounds: number,
  measures: Measures,
): Promise<Paces<Measures>> {
  const paces = new Map<string, Pace[]>();
  for (let round = 0; round < rounds; round += 1)
    for (const [name, measure] of Object.entries(measures)) {
      if (!measure) continue;
      const pace = await measure();
      console.error(`${name}: ${pace.rate.toFixed(0)} a second`);
      paces.set(name, [...(paces.get(name) ?? []), pace]);
    }
  return Object.fromEntries([...paces].map(([name, each]) => [name, medianOf(each)])) as Paces<Measures>;
}

function medianOf(paces: Pace[]): Pace {
  const of = (part: keyof Pace) => median(paces.map((pace) => pace[part]));
  return { rate: of('rate'), p50: of('p50'), p95: of('p95'), p99: of('p99') };
}
