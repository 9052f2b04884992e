import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '#core/domain/clock.js';
import type { Change } from '#core/domain/fold-changes.js';
import type { OfficeId } from '#core/domain/office.js';
import { recordChanges } from '#core/propagation/record-changes.js';
import type { CoreTables } from '#core/storage/tables.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';

const IN_A_TRANSACTION = 500;

interface Writing {
  perSecond: number;
  /** Of an entry. */
  cpuMicroseconds: number;
}

/**
 * Records entries in a municipality's ledger that no process has open: history, identity ledger, and the queue to a
 * parent where there is one.
 *
 * @returns how many a second, and the processor time of each
 */
export async function writeEntries(
  url: string,
  entries: Change[],
  { clock, parent }: { clock: Clock; parent: OfficeId | undefined },
): Promise<Writing> {
  const ledger = (await openMunicipalityLedger(url)) as unknown as Kysely<CoreTables>;
  try {
    const [startedAt, before] = [performance.now(), process.cpuUsage()];
    for (let i = 0; i < entries.length; i += IN_A_TRANSACTION) {
      const some = entries.slice(i, i + IN_A_TRANSACTION);
      const write = (trx: Transaction<CoreTables>) => recordChanges(trx, some, { clock, parent });
      await ledger.transaction().execute(write);
    }
    const { user, system } = process.cpuUsage(before);
    const perSecond = entries.length / ((performance.now() - startedAt) / 1000);
    return { perSecond, cpuMicroseconds: (user + system) / entries.length };
  } finally {
    await ledger.destroy();
  }
}
