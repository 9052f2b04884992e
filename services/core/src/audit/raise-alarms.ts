import type { Kysely } from 'kysely';
import { callerOfUri } from '../domain/caller.js';
import type { Clock } from '../domain/clock.js';
import { type Exchange, type Fresh, newNonce } from '../domain/exchange.js';
import { areOneFamily, type NameAndAddress } from '../domain/family.js';
import { MisuseWatch, type Suspicion } from '../domain/misuse.js';
import type { OfficeId } from '../domain/office.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { faultOf, type Logger } from '../logger.js';
import type { Later } from '../propagation/courier.js';
import { enterAlarm } from '../storage/alarms.js';
import { writeAlone } from '../storage/dialect.js';
import { holdingsUnder } from '../storage/identity-ledger.js';
import { findOperator } from '../storage/operators.js';
import type { CoreTables } from '../storage/tables.js';
import type { AuditLog } from './audit-log.js';
import type { Occurrence } from './entry.js';

/** Who raises alarms. */
const BY_ITSELF = 'misuse-watch';

/** An alarm that could not be raised is tried again. */
const AGAIN_MS = 60_000;

/** Procedures that show whom the operator asks for, and do nothing for them. */
const LOOKS_ALONE =
  /(RegisterService\/(GetResidentRecord|SearchResidentRecords|GetHousehold|GetRecordHistory)|IdentityService\/|ChangeHistoryService\/|ListProtectiveMeasures|POST \/resident-records\/|POST \/protective-measures\/list|AccessReportService\/|POST \/access-reports|DisclosureService\/GetRequest)/;

/** Lists of what waits to be done: nobody on them was asked for. And what residents open with their own card. */
const NOT_LOOKED_FOR =
  /(ListAlarms|ListDrafts|ListOfficerNotices|ListDiscrepancies|POST \/ex-officio-drafts\/list|POST \/self-service)/;

interface Desk extends Fresh {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  audit: AuditLog;
  clock: Clock;
  logger: Logger;
  later: Later;
}

/** Somebody as an answer shows them; the code is there where it is known. */
type Shown = NameAndAddress & { residentRecordCode?: ResidentRecordCode | undefined };

/** Watches what an office's own operators are answered, and raises alarms: onto the supervisors' list, and into the log. */
export class AlarmRaiser {
  private readonly desk: Desk;
  private readonly watch = new MisuseWatch();
  private readonly looking = new Set<Promise<void>>();
  private raising: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(desk: Desk) {
    this.desk = desk;
    desk.audit.observe((occurrence) => this.note(occurrence));
  }

  /** Resolves once what was noted is raised, or has failed to be. */
  async settled(): Promise<void> {
    await Promise.all(this.looking);
    await this.raising;
  }

  /** Nothing is tried again from then on. */
  stop(): Promise<void> {
    this.stopped = true;
    return this.settled();
  }

  /** What another office's answer shows an operator of people whom this office's own ledger does not know. */
  noteShown({ caller }: Pick<Exchange, 'caller'>, people: Shown[]): void {
    if (caller.kind === 'operator') this.lookForFamily(caller.name, async () => people);
  }

  /** An agency is refused since it asked about too many people who are nobody. */
  noteGuessing(agency: string): void {
    const at = this.desk.clock.now();
    this.raiseAll(this.watch.noteGuessing(agency, at), at);
  }

  private note({ event, procedure, caller, outcome, concerns }: Occurrence): void {
    const asking = callerOfUri(caller);
    if (event !== 'ANSWERED' || outcome !== 'OK' || asking?.kind !== 'operator' || NOT_LOOKED_FOR.test(procedure))
      return;
    const [at, people] = [this.desk.clock.now(), [...concerns]];
    const isCase = !LOOKS_ALONE.test(procedure);
    for (const person of people) this.raiseAll(this.watch.note({ operator: asking.name, person, at, isCase }), at);
    if (people.length > 0) this.lookForFamily(asking.name, () => this.held(people));
  }

  /** In a municipality's identity ledger are its own residents, at the levels above everybody of those below. */
  private async held(codes: ResidentRecordCode[]): Promise<Shown[]> {
    const held = await holdingsUnder(this.desk.ledger, codes);
    return [...held.values()].map(({ identification }) => identification);
  }

  private lookForFamily(operator: string, seen: () => Promise<Shown[]>): void {
    const at = this.desk.clock.now();
    const looking = this.familyAmong(operator, seen)
      .then((found) => {
        const person = found?.residentRecordCode ?? null;
        if (found) this.raiseAll(this.watch.noteFamily({ operator, person, at }), at);
      })
      .catch((error) => this.tell(error, { operator, pattern: 'OWN_FAMILY' }))
      .finally(() => this.looking.delete(looking));
    this.looking.add(looking);
  }

  private async familyAmong(operator: string, seen: () => Promise<Shown[]>): Promise<Shown | undefined> {
    const own = (await findOperator(this.desk.ledger, operator))?.own;
    return own && (await seen()).find((person) => areOneFamily(own, person));
  }

  private raiseAll(suspicions: Suspicion[], at: Date): void {
    for (const suspicion of suspicions)
      this.raising = this.raising
        .then(() => this.raise(suspicion, at))
        .catch((error) => {
          this.tell(error, suspicion);
          this.desk.later(() => this.stopped || this.raiseAll([suspicion], at), AGAIN_MS);
        });
  }

  private async raise(suspicion: Suspicion, raisedAt: Date): Promise<void> {
    const { office, ledger, audit, newId } = this.desk;
    const { pattern, operator, person } = suspicion;
    await ledger.transaction().execute(async (trx) => {
      await writeAlone(trx);
      await enterAlarm(trx, { ...suspicion, alarmId: newId(), raisedAt });
      await audit.appendWith(trx, {
        ...{ event: 'RECORDED', procedure: `alarm/${pattern}`, exchange: newId(), nonce: newNonce(this.desk) },
        ...{ caller: uriOf(office, suspicion), answering: office, operator: BY_ITSELF },
        ...{ purpose: 'ALARM', outcome: 'OK', request: null, answer: null },
        concerns: person === null ? [] : [person],
      });
    });
    this.desk.logger.warn({ pattern, operator }, 'looks like misuse: a supervisor is told');
  }

  /** What is not on the list is in the error log at least: of whom, and which pattern. */
  private tell(error: unknown, { pattern, operator }: Pick<Suspicion, 'pattern' | 'operator'>): void {
    this.desk.logger.error({ pattern, operator, fault: faultOf(error) }, 'an alarm could not be raised');
  }
}

/** Whom an alarm is about. */
function uriOf(office: OfficeId, { pattern, operator }: Suspicion): string {
  return pattern === 'GUESSING' ? `juki://${operator}` : `juki://${office}/operator/${operator}`;
}
