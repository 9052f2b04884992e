import type { Kysely } from 'kysely';
import { callerOfUri } from '../domain/caller.js';
import type { Clock } from '../domain/clock.js';
import { type Fresh, newNonce } from '../domain/exchange.js';
import { MisuseWatch, type Suspicion } from '../domain/misuse.js';
import type { OfficeId } from '../domain/office.js';
import { faultOf, type Logger } from '../logger.js';
import { enterAlarm } from '../storage/alarms.js';
import { writeAlone } from '../storage/dialect.js';
import type { CoreTables } from '../storage/tables.js';
import type { AuditLog } from './audit-log.js';
import type { Occurrence } from './entry.js';

/** Who raises alarms. */
const BY_ITSELF = 'misuse-watch';

/** Procedures that show somebody and do nothing for them. */
const LOOKS_ALONE =
  /(RegisterService\/(GetResidentRecord|SearchResidentRecords|GetHousehold|GetRecordHistory)|IdentityService\/|ChangeHistoryService\/|POST \/resident-records\/)/;

interface Desk extends Fresh {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  audit: AuditLog;
  clock: Clock;
  logger: Logger;
}

/** Watches what an office's own operators are answered, and raises alarms: onto the supervisors' list, and into the log. */
export class AlarmRaiser {
  private readonly desk: Desk;
  private readonly watch = new MisuseWatch();
  private raising: Promise<void> = Promise.resolve();

  constructor(desk: Desk) {
    this.desk = desk;
    desk.audit.observe((occurrence) => this.note(occurrence));
  }

  /** Resolves once what was noted is raised. */
  settled(): Promise<void> {
    return this.raising;
  }

  private note({ event, procedure, caller, outcome, concerns }: Occurrence): void {
    const asking = callerOfUri(caller);
    if (event !== 'ANSWERED' || outcome !== 'OK' || asking?.kind !== 'operator') return;
    const at = this.desk.clock.now();
    const isCase = !LOOKS_ALONE.test(procedure);
    const suspicions = [...concerns].flatMap((person) =>
      this.watch.note({ operator: asking.name, person, at, isCase }),
    );
    for (const suspicion of suspicions)
      this.raising = this.raising.then(() => this.raise(suspicion, at)).catch((error) => this.tell(error));
  }

  private async raise(suspicion: Suspicion, raisedAt: Date): Promise<void> {
    const { office, ledger, audit, newId } = this.desk;
    const { pattern, operator, person } = suspicion;
    await ledger.transaction().execute(async (trx) => {
      await writeAlone(trx);
      await enterAlarm(trx, { ...suspicion, alarmId: newId(), raisedAt });
      await audit.appendWith(trx, {
        ...{ event: 'RECORDED', procedure: `alarm/${pattern}`, exchange: newId(), nonce: newNonce(this.desk) },
        ...{ caller: `juki://${office}/operator/${operator}`, answering: office, operator: BY_ITSELF },
        ...{ purpose: 'ALARM', outcome: 'OK', request: null, answer: null },
        concerns: person === null ? [] : [person],
      });
    });
    this.desk.logger.warn({ pattern, operator }, 'looks like misuse: a supervisor is told');
  }

  private tell(error: unknown): void {
    this.desk.logger.error({ fault: faultOf(error) }, 'an alarm could not be raised');
  }
}
