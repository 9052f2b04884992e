import { cpus } from 'node:os';
import Table from 'cli-table3';

/** One figure: what, how much, and against what measured in the same run. */
export interface Figure {
  /** For programs: small letters, digits and underscores, the unit included. */
  name: string;
  what: string;
  measured: number;
  unit: string;
  against: {
    what: string;
    value: number;
    /** Where it is another than that of what was measured. */
    unit?: string;
  };
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** For people. */
export function tableOf(figures: Figure[]): string {
  const table = new Table({
    head: ['figure', 'measured', 'against, in the same run', 'ratio'],
    style: { head: [], border: [] },
  });
  for (const figure of figures) {
    const { what, measured, unit, against } = figure;
    const other = `${textOf(against.value)} ${against.unit ?? unit}: ${against.what}`;
    table.push([what, `${textOf(measured)} ${unit}`, other, textOf(ratioOf(figure))]);
  }
  return table.toString();
}

/**
 * For programs: one line of JSON. What a figure is held against has its name with `_against`; a ratio has the name of
 * its figure.
 *
 * @throws RangeError where a figure is no number, or two have one name
 */
export function lineOf(bench: string, figures: Figure[], at: Date): string {
  const measured = figures.flatMap(({ name, measured: value, against }): [string, number][] => [
    [name, value],
    [`${name}_against`, against.value],
  ]);
  const [cpu] = cpus();
  return JSON.stringify({
    ...{ bench, node: process.version, cpu: `${cpu?.model ?? 'unknown'} x ${cpus().length}`, date: at.toISOString() },
    figures: numbersIn(measured),
    ratios: numbersIn(figures.map((figure) => [figure.name, ratioOf(figure)])),
  });
}

function ratioOf({ measured, against }: Figure): number {
  return measured / against.value;
}

function numbersIn(named: [string, number][]): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, value] of named) {
    if (!Number.isFinite(value)) throw new RangeError(`${name} is no number`);
    if (name in numbers) throw new RangeError(`${name} is measured twice`);
    numbers[name] = Number(value.toPrecision(6));
  }
  return numbers;
}

/** So many digits that two runs can be held against each other, and no more. */
function textOf(value: number): string {
  if (Number.isInteger(value) || value >= 20) return value.toFixed(0);
  return value >= 0.1 ? value.toFixed(2) : value.toPrecision(2);
}
