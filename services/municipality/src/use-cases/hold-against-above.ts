import type { Kysely } from 'kysely';
import type { Clock } from '#core/domain/clock.js';
import type { Exchange, Fresh } from '#core/domain/exchange.js';
import { codeOf, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import type { Asker } from '#core/peers/ask.js';
import { askAbove } from '#core/peers/ask-above.js';
import { type ConsistencyCheck, checkConsistency } from '#core/propagation/check-consistency.js';
import type { CoreTables } from '#core/storage/tables.js';

interface Municipality extends Asker, Fresh {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
}

/**
 * Holds this municipality's ledger against its prefecture's and the centre's (整合性確認), and repairs them from its own
 * where that is asked for.
 *
 * @throws Refusal OFFICE_UNAVAILABLE, NOT_PARTICIPATING
 */
export async function holdAgainstAbove(
  municipality: Municipality,
  repair: boolean,
  { operator }: Exchange,
): Promise<ConsistencyCheck[]> {
  const { office, network } = municipality;
  const levels = [network.entry(office).parent ?? NATIONAL_CENTRE, NATIONAL_CENTRE];
  const checks = [];
  for (const above of levels) {
    const level = askAbove(municipality, above, operator);
    checks.push(await checkConsistency({ ...municipality, municipality: codeOf(office) }, above, level, { repair }));
  }
  return checks;
}
