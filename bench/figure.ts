/** One figure: what, how much, and against what measured in the same run. */
export interface Figure {
  what: string;
  measured: string;
  against: string;
  ratio: string;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
