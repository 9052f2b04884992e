import type { Kysely, Transaction } from 'kysely';
import type { AuditLog } from '#core/audit/audit-log.js';
import type { Clock } from '#core/domain/clock.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import type { Dispatch } from '#core/propagation/dispatch.js';
import type { MunicipalityTables } from '../storage/tables.js';

export type Trx = Transaction<MunicipalityTables>;

/** What the keeping of the register needs of its office. */
export interface Registrar {
  office: OfficeId;
  network: Network;
  ledger: Kysely<MunicipalityTables>;
  audit: AuditLog;
  clock: Clock;
  newId: () => string;
  /** What leaves this office by itself. */
  dispatch: Pick<Dispatch, 'wake'>;
}
