import type { Transaction } from 'kysely';
import { callerUri } from '../domain/caller.js';
import type { Account, Fresh } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import type { Logger } from '../logger.js';
import { enterAlarm } from '../storage/alarms.js';
import type { CoreTables } from '../storage/tables.js';
import type { AuditLog } from './audit-log.js';
import { type Contradiction, contradictionText } from './contradiction.js';

/** Who raises it. */
const BY_ITSELF = 'witness';

interface Desk extends Pick<Fresh, 'newId'> {
  office: OfficeId;
  audit: AuditLog;
  logger: Logger;
}

/** Puts it onto the supervisors' list, and into the log. In the caller's transaction. @returns the id of the alarm */
export async function raiseContradiction(
  { office, audit, logger, newId }: Desk,
  trx: Transaction<CoreTables>,
  contradiction: Contradiction,
  { id, nonce }: Pick<Account, 'id' | 'nonce'>,
): Promise<string> {
  const { office: whose, witness, why, foundAt } = contradiction;
  const alarmId = newId();
  const alarm = { alarmId, pattern: 'LOG_CONTRADICTED' as const, operator: whose, person: null, raisedAt: foundAt };
  await enterAlarm(trx, alarm, contradictionText(contradiction));
  await audit.appendWith(trx, {
    ...{ event: 'RECORDED', procedure: 'alarm/LOG_CONTRADICTED', exchange: id, nonce, operator: BY_ITSELF },
    ...{ caller: callerUri({ kind: 'office', office: whose }), answering: office, purpose: 'ALARM', outcome: 'OK' },
    ...{ request: null, answer: null, concerns: [] },
  });
  logger.error({ log: whose, witness, why }, 'a log contradicts what was seen of it: a supervisor is told');
  return alarmId;
}
