import type { Kysely, Transaction } from 'kysely';
import type { AuditLog } from '#core/audit/audit-log.js';
import { logRecorded } from '#core/audit/log-recorded.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import type { SettledMoveOut } from '#core/domain/settled-move-out.js';
import { writeAlone } from '#core/storage/dialect.js';
import type { CoreTables } from '#core/storage/tables.js';
import { enterSettled } from '../storage/settled-move-outs.js';
import type { PrefectureTables } from '../storage/tables.js';

interface Prefecture {
  office: OfficeId;
  ledger: Kysely<PrefectureTables>;
  audit: AuditLog;
}

/** Keeps what a municipality of this prefecture has confirmed (Order 24-3). Can be repeated. */
export function confirmMoveOuts(
  prefecture: Prefecture,
  from: OfficeId,
  moveOuts: SettledMoveOut[],
  exchange: Exchange,
): Promise<void> {
  for (const { residentRecordCode } of moveOuts) exchange.concerns.add(residentRecordCode);
  return prefecture.ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    await enterSettled(trx, codeOf(from), moveOuts);
    await logRecorded(prefecture, trx as unknown as Transaction<CoreTables>, exchange, 'ledger/MOVE_OUT_CONFIRMATIONS');
  });
}
