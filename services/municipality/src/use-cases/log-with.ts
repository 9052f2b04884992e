import type { Transaction } from 'kysely';
import { logRecorded } from '#core/audit/log-recorded.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Registrar, Trx } from './registrar.js';

/** Writes into the log what is done in this register, in the same transaction. Whom it concerns has to be noted before. */
export function logWith(registrar: Registrar, trx: Trx, exchange: Exchange, what: string): Promise<void> {
  return logRecorded(registrar, trx as unknown as Transaction<CoreTables>, exchange, what);
}
