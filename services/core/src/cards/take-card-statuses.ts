import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/audit-log.js';
import { logRecorded } from '../audit/log-recorded.js';
import { type CardStatus, foldCardStatuses } from '../domain/card-status.js';
import type { Clock } from '../domain/clock.js';
import type { Exchange } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { cardStatuses, putCardStatuses } from '../storage/card-statuses.js';
import { writeAlone } from '../storage/dialect.js';
import { enqueue } from '../storage/outbox.js';
import type { CoreTables } from '../storage/tables.js';

interface Level {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  audit: AuditLog;
  clock: Clock;
  /** Where statuses go on to; undefined at the national centre. */
  parent: OfficeId | undefined;
}

/**
 * Takes card statuses from the level below (Order 30-24): of each card the newest by version stays, in whatever order
 * they come, and goes on to the level above. Can be repeated.
 *
 * @returns the numbers of those that were not taken: a number stands for one chip for ever
 */
export function takeCardStatuses(level: Level, statuses: CardStatus[], exchange: Exchange): Promise<string[]> {
  const { ledger, clock, parent } = level;
  for (const { residentRecordCode } of statuses) exchange.concerns.add(residentRecordCode);
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const known = await cardStatuses(
      trx,
      statuses.map(({ cardNumber }) => cardNumber),
    );
    const { taken, refused } = foldCardStatuses(known, statuses);
    await putCardStatuses(trx, taken);
    if (parent) await enqueue(trx, { destination: parent, kind: 'CARD_STATUS', at: clock.now() }, taken);
    await logRecorded(level, trx, exchange, 'ledger/CARD_STATUSES');
    return refused;
  });
}
