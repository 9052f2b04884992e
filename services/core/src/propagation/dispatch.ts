import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.js';
import type { Discrepancy } from '../domain/discrepancy.js';
import type { Change } from '../domain/fold-changes.js';
import type { OfficeId } from '../domain/office.js';
import { type Reason, refusalOf } from '../domain/refusal.js';
import { faultOf, type Logger } from '../logger.js';
import type { Network } from '../network.js';
import { writeAlone } from '../storage/dialect.js';
import { dequeue, nextQueued, waitingQueues } from '../storage/outbox.js';
import type { CoreTables, QueueKind } from '../storage/tables.js';
import { Courier, type Later } from './courier.js';
import { noteDiscrepancies } from './note-discrepancies.js';
import { type Answered, sendChanges } from './send-changes.js';

const MOST_REPORTS = 100;

/** Where nothing was delivered for so long, an empty delivery shows the office above how far the log has come. */
export const QUIET_MS = 3_600_000;

interface Desk {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
  logger: Logger;
  later: Later;
  random: () => number;
  deliver: (parent: OfficeId, changes: Change[]) => Promise<Answered[]>;
  report: (below: OfficeId, discrepancies: Discrepancy[]) => Promise<void>;
}

/** What is queued of a kind, and how a piece of it is handed over. */
export interface Consignment<Content> {
  kind: Exclude<QueueKind, 'CHANGE'>;
  /** So many in one piece. */
  most: number;
  /** Whether it goes between offices that take part, and waits where one of them does not. */
  among: 'PARTICIPANTS' | 'ALL';
  /** Resolves once the other office has answered for all of them. It may come again: the answer can be lost. */
  handOver: (to: OfficeId, contents: Content[]) => Promise<void>;
}

/**
 * What leaves an office by itself: changes upwards, and whatever else is queued; a courier for each kind and office that
 * it goes to.
 */
export class Dispatch {
  private readonly desk: Desk;
  private readonly upwards: Courier | undefined;
  private readonly consignments = new Map<QueueKind, Consignment<unknown>>();
  private readonly couriers = new Map<string, Courier>();
  private waking: Promise<void> = Promise.resolve();
  private hasBegun = false;
  /** Whether nothing was delivered for long. */
  private isQuiet = false;
  private takeBack: (() => void) | undefined;

  constructor(desk: Desk) {
    this.desk = desk;
    const { parent } = desk.network.entry(desk.office);
    if (parent) this.upwards = this.courier(() => this.sendChangesTo(parent));
    this.carry<Discrepancy>({
      ...{ kind: 'REPORT', most: MOST_REPORTS, among: 'ALL' },
      handOver: (below, reports) =>
        desk.report(
          below,
          reports.map((report) => ({ ...report, foundAt: new Date(report.foundAt) })),
        ),
    });
  }

  /** From now on this is carried too. */
  carry<Content>(consignment: Consignment<Content>): void {
    this.consignments.set(consignment.kind, consignment as Consignment<unknown>);
  }

  /** Sends what was left from before, and from now on shows the log when nothing else goes up. */
  begin(): void {
    this.hasBegun = true;
    this.notQuiet();
    this.wake();
  }

  /** Something was queued. */
  wake(): void {
    this.upwards?.wake();
    this.waking = this.waking.then(() => this.wakeCouriers()).catch((error) => this.tell(error));
  }

  /** The line is good again, or an office has joined: what waits is tried at once. */
  hurry(): void {
    void this.settled();
  }

  /** Keeps discrepancies, and sends them on to the municipality that has to look into them. */
  async receive(discrepancies: Discrepancy[]): Promise<void> {
    await this.desk.ledger.transaction().execute(async (trx) => {
      await writeAlone(trx);
      await noteDiscrepancies(trx, this.desk, discrepancies);
    });
    this.wake();
  }

  /** Why what waits for an office was not delivered when it was last tried; undefined where it was, or was never tried. */
  whyWaiting(kind: QueueKind, to: OfficeId): Reason | undefined {
    return this.couriers.get(`${kind} ${to}`)?.lastFailure;
  }

  /** Tries at once what waits. Resolves when it is delivered, or was not. */
  async settled(): Promise<void> {
    await this.waking;
    for (const courier of this.all) await courier.drain().catch(() => {});
  }

  async stop(): Promise<void> {
    this.hasBegun = false;
    this.takeBack?.();
    await this.waking;
    await Promise.all(this.all.map((courier) => courier.stop()));
  }

  private async wakeCouriers(): Promise<void> {
    const waiting = await waitingQueues(this.desk.ledger, [...this.consignments.keys()]);
    for (const { kind, destination } of waiting) this.courierOf(kind, destination)?.wake();
  }

  private tell(error: unknown): void {
    this.desk.logger.warn({ reason: refusalOf(error).reason, fault: faultOf(error) }, 'what is queued is not sent');
  }

  private get all(): Courier[] {
    return [...(this.upwards ? [this.upwards] : []), ...this.couriers.values()];
  }

  private async sendChangesTo(parent: OfficeId): Promise<'MORE' | 'EMPTY'> {
    const { ledger, clock, deliver, network, office } = this.desk;
    // What was queued before it left waits until it joins again.
    if (!network.participates(office)) return 'EMPTY';
    const deliverNow = async (changes: Change[]) => {
      const answered = await deliver(parent, changes);
      this.notQuiet();
      return answered;
    };
    const sent = await sendChanges({
      ...{ ledger, clock, parent, deliver: deliverNow },
      noteRefused: (refused, at) => this.noteRefused(parent, refused, at),
    });
    if (sent === 'EMPTY' && this.isQuiet) await deliverNow([]);
    return sent;
  }

  private notQuiet(): void {
    this.isQuiet = false;
    this.takeBack?.();
    if (this.hasBegun && this.upwards) this.takeBack = this.desk.later(() => this.showLog(), QUIET_MS);
  }

  private showLog(): void {
    this.isQuiet = true;
    this.upwards?.wake();
  }

  private noteRefused(foundBy: OfficeId, refused: { change: Change; reason: Reason }[], foundAt: Date): Promise<void> {
    return this.receive(
      refused.map(({ change, reason }) => ({
        // Refused again, it is still the same discrepancy.
        ...{ discrepancyId: change.changeId, municipality: change.municipality, changeId: change.changeId },
        residentRecordCode: change.identification.residentRecordCode,
        ...{ what: reason, foundBy, foundAt },
      })),
    );
  }

  private courierOf(kind: QueueKind, to: OfficeId): Courier | undefined {
    const key = `${kind} ${to}`;
    const consignment = this.consignments.get(kind);
    const courier = this.couriers.get(key) ?? (consignment && this.courier(() => this.handOver(consignment, to)));
    if (courier) this.couriers.set(key, courier);
    return courier;
  }

  private async handOver(
    { kind, most, among, handOver }: Consignment<unknown>,
    to: OfficeId,
  ): Promise<'MORE' | 'EMPTY'> {
    const { ledger, network, office } = this.desk;
    if (among === 'PARTICIPANTS' && ![office, to].every((one) => network.participates(one))) return 'EMPTY';
    const queued = await nextQueued(ledger, { destination: to, kind }, most);
    if (queued.length === 0) return 'EMPTY';
    await handOver(
      to,
      queued.map(({ content }) => content),
    );
    await dequeue(
      ledger,
      queued.map(({ position }) => position),
    );
    return 'MORE';
  }

  private courier(send: () => Promise<'MORE' | 'EMPTY'>): Courier {
    const { later, random, logger } = this.desk;
    return new Courier({ send, later, random, logger });
  }
}
