import type { Kysely } from 'kysely';
import { changeRetainedUntil } from '../domain/change-history.js';
import { checkLookUp } from '../domain/look-up.js';
import { Refusal } from '../domain/refusal.js';
import { historyOf } from '../storage/changes.js';
import type { CoreTables } from '../storage/tables.js';
import { calendarDateMessage } from '../wire/calendar-date-message.js';
import { changeMessage } from '../wire/change-message.js';
import type { ChangeHistoryServiceDefinition } from '../wire/generated/juki/propagation/v1/ChangeHistoryService.js';
import { type RpcService, rpcService } from './rpc-service.js';

/** What a prefecture or the national centre keeps of the past, for its own operators. */
export function changeHistoryService(ledger: Kysely<CoreTables>): RpcService {
  return rpcService<ChangeHistoryServiceDefinition>('juki.propagation.v1.ChangeHistoryService', {
    async GetChangeHistory(message, exchange) {
      const { code, purpose } = checkLookUp(message);
      exchange.purpose = purpose;
      exchange.concerns.add(code);
      const history = await historyOf(ledger, code);
      if (history.length === 0) throw new Refusal('NOT_FOUND');
      for (const { identification } of history) exchange.concerns.add(identification.residentRecordCode);
      return {
        changes: history.map((change) => {
          const until = changeRetainedUntil(history, change);
          return {
            change: changeMessage(change),
            recordedOn: calendarDateMessage(change.recordedOn),
            ...(until !== null && { retainedUntil: calendarDateMessage(until) }),
          };
        }),
      };
    },
  });
}
