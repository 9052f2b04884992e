import type { Transaction } from 'kysely';
import type { Clock } from '../domain/clock.js';
import type { Discrepancy } from '../domain/discrepancy.js';
import { municipalityId, type OfficeId } from '../domain/office.js';
import type { Network } from '../network.js';
import { enterDiscrepancies } from '../storage/discrepancies.js';
import { enqueue } from '../storage/outbox.js';
import type { CoreTables } from '../storage/tables.js';

/** Who notes discrepancies, and when. */
export interface Noting {
  office: OfficeId;
  network: Network;
  clock: Clock;
}

/**
 * Puts discrepancies onto this office's list, and queues them for the office below on the way to the mayor who has to
 * look into them. In the caller's transaction.
 */
export async function noteDiscrepancies(
  trx: Transaction<CoreTables>,
  { office, network, clock }: Noting,
  discrepancies: Discrepancy[],
): Promise<void> {
  await enterDiscrepancies(trx, discrepancies);
  const towards = ({ municipality }: Discrepancy) => nextBelow(network, office, municipalityId(municipality));
  for (const [destination, theirs] of Map.groupBy(discrepancies, towards)) {
    if (destination !== office) await enqueue(trx, { destination, kind: 'REPORT', at: clock.now() }, theirs);
  }
}

/** The centre reports to prefectures, these to municipalities; a municipality has nobody below. */
function nextBelow(network: Network, office: OfficeId, municipality: OfficeId): OfficeId {
  const prefecture = network.entry(municipality).parent;
  return prefecture === undefined || prefecture === office || municipality === office ? municipality : prefecture;
}
