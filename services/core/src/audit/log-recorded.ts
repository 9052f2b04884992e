import type { Transaction } from 'kysely';
import { callerUri } from '../domain/caller.js';
import type { Exchange } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import type { CoreTables } from '../storage/tables.js';
import type { AuditLog } from './audit-log.js';

/**
 * Writes into the log what is done in a ledger, in the same transaction: neither is there without the other. Whom it
 * concerns has to be noted before.
 *
 * @param what `register/MOVE_IN`, `ledger/CHANGES`
 */
export function logRecorded(
  { audit, office }: { audit: AuditLog; office: OfficeId },
  trx: Transaction<CoreTables>,
  exchange: Exchange,
  what: string,
): Promise<void> {
  const { id, nonce, operator, purpose, concerns, caller } = exchange;
  return audit.appendWith(trx, {
    ...{ event: 'RECORDED', procedure: what, exchange: id, nonce, operator, purpose, concerns },
    ...{ caller: callerUri(caller), answering: office, outcome: 'OK', request: null, answer: null },
  });
}
