import { bothOf, type Wording } from '../domain/wording.js';
import type { Cell } from './report.js';

/** Counts under names, by month of a fiscal year. */
export class MonthlyCounts {
  private readonly months: readonly string[];
  private readonly counts = new Map<string, number[]>();

  constructor(months: readonly string[]) {
    this.months = months;
  }

  add(name: string, month: string): void {
    const row = this.counts.get(name) ?? this.months.map(() => 0);
    this.counts.set(name, row);
    const at = this.months.indexOf(month);
    row[at] = (row[at] ?? 0) + 1;
  }

  /** Those that were counted, in alphabetical order. */
  get names(): string[] {
    return [...this.counts.keys()].sort();
  }

  /** A count for each month, and their sum. */
  cells(name: string): Cell[] {
    const row = this.counts.get(name) ?? this.months.map(() => 0);
    return [...row, row.reduce((sum, count) => sum + count, 0)].map((count) => ({ count }));
  }
}

/** Who was there in each month; in the year's sum, everybody once. */
export class MonthlyNames {
  private readonly months: readonly string[];
  private readonly names = new Map<string, Set<string>>();

  constructor(months: readonly string[]) {
    this.months = months;
  }

  add(name: string, month: string): void {
    const there = this.names.get(month) ?? new Set();
    this.names.set(month, there.add(name));
  }

  cells(): Cell[] {
    const inYear = new Set([...this.names.values()].flatMap((there) => [...there]));
    return [...this.months.map((month) => this.names.get(month)?.size ?? 0), inYear.size].map((count) => ({ count }));
  }
}

/** The head over such counts: `4月 / April 2016` … `計 / Total`. */
export function monthColumns(months: readonly string[]): Wording[] {
  return [...months.map(monthWording), { ja: '計', en: 'Total' }];
}

function monthWording(month: string): Wording {
  return { ja: `${Number(month.slice(5))}月`, en: month };
}

export function textOf(cell: Cell): string {
  if ('wording' in cell) return bothOf(cell.wording);
  return 'count' in cell ? String(cell.count) : (cell.text ?? '');
}
