import type { Transaction } from 'kysely';
import { callerUri } from '#core/domain/caller.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Registrar, Trx } from './registrar.js';

/**
 * Writes into the log what is done in this ledger, in the same transaction: neither is there without the other. Whom it
 * concerns has to be noted before.
 *
 * @param what `register/MOVE_IN`
 */
export function logWith({ audit, office }: Registrar, trx: Trx, exchange: Exchange, what: string): Promise<void> {
  const { id, nonce, operator, purpose, concerns, caller } = exchange;
  return audit.appendWith(trx as unknown as Transaction<CoreTables>, {
    ...{ event: 'RECORDED', procedure: what, exchange: id, nonce, operator, purpose, concerns },
    ...{ caller: callerUri(caller), answering: office, outcome: 'OK', request: null, answer: null },
  });
}
