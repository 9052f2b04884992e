import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Clock } from '../domain/clock.js';
import { checkPurpose } from '../domain/look-up.js';
import { Refusal } from '../domain/refusal.js';
import { type Alarm, alarmEvidence, closeAlarm, openAlarms } from '../storage/alarms.js';
import type { CoreTables } from '../storage/tables.js';
import type { Alarm as AlarmMessage } from '../wire/generated/juki/audit/v1/Alarm.js';
import type { AlarmServiceDefinition } from '../wire/generated/juki/audit/v1/AlarmService.js';
import { messageOf } from '../wire/plain.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

const V1 = 'juki.audit.v1';
const MOST = 100;

const AlarmId = z.uuid('is not a UUID');
const Showing = z.strictObject({ alarmId: AlarmId });
const Closing = z.strictObject({
  alarmId: AlarmId,
  finding: z
    .string()
    .regex(/^\P{Cc}{1,200}$/u, 'is not 1 to 200 characters')
    .regex(/\S/u, 'is blank'),
});

/** What looks like misuse, and logs that contradict themselves, for the supervisors of an office. */
export function alarmService({ ledger, clock }: { ledger: Kysely<CoreTables>; clock: Clock }): RpcService {
  return rpcService<AlarmServiceDefinition>(`${V1}.AlarmService`, {
    async ListAlarms({ purpose }, exchange) {
      exchange.purpose = checkPurpose(purpose);
      const open = await openAlarms(ledger, MOST);
      for (const { person } of open) if (person !== null) exchange.concerns.add(person);
      return { alarms: open.map(alarmMessage) };
    },
    async CloseAlarm(message, exchange) {
      const { alarmId, finding } = readMessage(Closing, `${V1}.CloseAlarmRequest`, message);
      exchange.purpose = 'ALARM';
      const closed = await closeAlarm(ledger, alarmId, { by: exchange.operator, at: clock.now(), finding });
      if (!closed) throw new Refusal('NOT_FOUND', { field: 'alarm_id' });
      return {};
    },
    async GetAlarmEvidence({ purpose, ...message }, exchange) {
      exchange.purpose = checkPurpose(purpose);
      const { alarmId } = readMessage(Showing, `${V1}.GetAlarmEvidenceRequest`, message);
      const evidence = await alarmEvidence(ledger, alarmId);
      if (evidence === undefined) throw new Refusal('NOT_FOUND', { field: 'alarm_id' });
      return { evidence };
    },
  });
}

function alarmMessage({ person, ...alarm }: Alarm): AlarmMessage {
  return messageOf<AlarmMessage>(`${V1}.Alarm`, { ...alarm, residentRecordCode: person });
}
