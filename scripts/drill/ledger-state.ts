import { join } from 'node:path';
import type { Kysely, Selectable } from 'kysely';
import { type OfficeId, slugOf } from '#core/domain/office.js';
import type { CoreTables } from '#core/storage/tables.js';
import { openDrillLedger } from './drilled-office.js';
import type { PreparedCountry } from './prepared-country.js';

export type HoldingRow = Selectable<CoreTables['identification_information']>;
export type ChangeRow = Selectable<CoreTables['change_information']>;

/** What stands in a ledger that the drill holds against the others. Rows as they are, so that no reading code is trusted. */
export interface LedgerState {
  office: OfficeId;
  holdings: HoldingRow[];
  history: ChangeRow[];
  /** Contents of the queues to other offices. */
  waiting: number;
  /** The changes that open discrepancies are about. */
  discrepancies: (string | null)[];
  /** Whose logs contradict what was seen of them. */
  contradicted: OfficeId[];
}

export async function readLedgerState(office: OfficeId, ledger: Kysely<CoreTables>): Promise<LedgerState> {
  const discrepancies = await ledger
    .selectFrom('discrepancy')
    .select('change_id')
    .where('closed_at', 'is', null)
    .execute();
  const alarms = await ledger
    .selectFrom('alarm')
    .select('operator')
    .where('pattern', '=', 'LOG_CONTRADICTED')
    .execute();
  return {
    office,
    holdings: await ledger.selectFrom('identification_information').selectAll().execute(),
    history: await ledger.selectFrom('change_information').selectAll().execute(),
    waiting: (await ledger.selectFrom('outbox').select('position').execute()).length,
    discrepancies: discrepancies.map(({ change_id }) => change_id),
    contradicted: alarms.map(({ operator }) => operator),
  };
}

/** Of all offices of a country; no process has hold of them. */
export async function ledgersOf({ network, data }: Pick<PreparedCountry, 'network' | 'data'>): Promise<LedgerState[]> {
  const states = [];
  for (const { office } of network.offices) {
    const ledger = openDrillLedger(join(data, slugOf(office), 'ledger.sqlite'));
    states.push(await readLedgerState(office, ledger));
    await ledger.destroy();
  }
  return states;
}
