import { foldFromScratch } from './fold-from-scratch.js';
import type { ChangeRow } from './ledger-state.js';

/** LOST: recorded below, and not here. DOUBLED: here twice. ALTERED: here otherwise. INVENTED: recorded by nobody. */
export type HistoryRule = 'LOST' | 'DOUBLED' | 'ALTERED' | 'INVENTED';

interface Found {
  rule: HistoryRule;
  /** The id of the change. */
  detail: string;
}

/**
 * Holds a history against the changes that were recorded below: each once, as it was recorded, and nothing besides.
 *
 * @param newestOnly of a ledger that was set back: only of people who are on a register, and only their newest change has to be there
 */
export function violationsOfHistory(
  history: ChangeRow[],
  recorded: ChangeRow[],
  { newestOnly }: { newestOnly: boolean },
): Found[] {
  const here = Map.groupBy(history, ({ change_id }) => change_id);
  const there = new Map(recorded.map((change) => [change.change_id, change]));
  const contents = new Set(recorded.map(contentOf));
  const lost = (newestOnly ? newestOfActive(recorded) : recorded).filter(({ change_id }) => !here.has(change_id));
  return [
    ...lost.map(({ change_id }): Found => ({ rule: 'LOST', detail: change_id })),
    ...[...here].flatMap(([detail, rows]): Found[] => {
      const change = there.get(detail);
      if (!change) return rows.map((row) => ({ rule: contents.has(contentOf(row)) ? 'DOUBLED' : 'INVENTED', detail }));
      const doubled = rows.slice(1).map((): Found => ({ rule: 'DOUBLED', detail }));
      return rows.some((row) => formOf(row) !== formOf(change)) ? [...doubled, { rule: 'ALTERED', detail }] : doubled;
    }),
  ];
}

/** The change that led to each active holding. */
function newestOfActive(recorded: ChangeRow[]): ChangeRow[] {
  const active = [...foldFromScratch([], recorded)].filter(([, { standing }]) => standing === 'ACTIVE');
  const newest = new Set(active.map(([code, { version }]) => `${code}/${version}`));
  return recorded.filter(({ resident_record_code, version }) => newest.has(`${resident_record_code}/${version}`));
}

/** All that a change says; not when it came. */
function formOf({ recorded_on: _when, ...row }: ChangeRow): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What it says, whatever number it goes by. */
function contentOf({ change_id: _id, version: _version, ...row }: ChangeRow): string {
  return formOf({ ...row, change_id: '', version: 0 });
}
