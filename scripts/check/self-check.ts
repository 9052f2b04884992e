import type { RunningClock } from '#core/domain/clock.js';
import { Refusal } from '#core/domain/refusal.js';
import type { RunningNetwork } from '../network/start-network.js';
import type { SeededMunicipality } from '../seed/residents.js';
import { checks } from './checks.js';
import { Visit } from './visit.js';

/** One row of the table: what was tried, and what was seen. */
export interface Row {
  what: string;
  passed: boolean;
  seen: string;
}

/** Plays the network's main procedures on itself, over its real lines. */
export async function selfCheck(
  network: RunningNetwork & { clock: RunningClock },
  people: SeededMunicipality[],
): Promise<Row[]> {
  const visit = new Visit(network, people);
  const rows: Row[] = [];
  try {
    for (const { what, see } of checks) {
      const outcome = await see(visit).catch((error: unknown) => ({ passed: false, seen: nameOf(error) }));
      rows.push({ what, ...outcome });
    }
  } finally {
    visit.close();
  }
  return rows;
}

function nameOf(error: unknown): string {
  return error instanceof Refusal ? error.reason : `failed: ${error instanceof Error ? error.name : typeof error}`;
}
