import type { Kysely } from 'kysely';
import { codeOf, type OfficeId } from '../domain/office.js';
import type { Network } from '../network.js';
import { type KeptCheck, newestChecks } from '../storage/consistency-checks.js';
import { countOpenDiscrepancies } from '../storage/discrepancies.js';
import { heldOf } from '../storage/identity-ledger.js';
import { queueStanding } from '../storage/outbox.js';
import type { CoreTables } from '../storage/tables.js';

/** The last of each level above is among them. */
const MOST_CHECKS = 10;

/** How far an office and the levels around it agree. */
export interface SyncStanding {
  /** Changes that the level above has not answered for. */
  waiting: number;
  /** Since when the oldest of them waits. */
  oldest: Date | null;
  /** Reports that levels below have not answered for. */
  reportsWaiting: number;
  participating: boolean;
  /** The newest checks of levels above, the newest first. */
  checks: KeptCheck[];
  /** Discrepancies that nobody has closed. */
  discrepancies: number;
  /** Municipalities below that are outside the network, and how many of their residents are held here. */
  outside: { municipality: OfficeId; held: number }[];
}

interface Office {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
}

export async function syncStanding({ office, network, ledger }: Office): Promise<SyncStanding> {
  const changes = await queueStanding(ledger, 'CHANGE');
  const reports = await queueStanding(ledger, 'REPORT');
  const outside = network.municipalitiesBelow(office).filter((below) => !network.participates(below));
  const held = await heldOf(ledger, outside.map(codeOf));
  return {
    ...{ waiting: changes.depth, oldest: changes.oldest, reportsWaiting: reports.depth },
    participating: network.participates(office),
    checks: await newestChecks(ledger, MOST_CHECKS),
    discrepancies: await countOpenDiscrepancies(ledger),
    outside: outside.map((municipality) => ({ municipality, held: held.get(codeOf(municipality)) ?? 0 })),
  };
}
