import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.js';
import type { Discrepancy } from '../domain/discrepancy.js';
import type { Change } from '../domain/fold-changes.js';
import { municipalityId, type OfficeId } from '../domain/office.js';
import type { Logger } from '../logger.js';
import type { Network } from '../network.js';
import { enterDiscrepancies } from '../storage/discrepancies.js';
import { dequeue, enqueue, nextQueued, type QueueStanding, queueStanding } from '../storage/outbox.js';
import type { CoreTables } from '../storage/tables.js';
import { Courier, type Later } from './courier.js';
import { sendChanges } from './send-changes.js';

const MOST_REPORTS = 100;

/** What became of a change at the level above. */
interface Answered {
  changeId: string;
  standing: string;
  reason?: string;
}

interface Desk {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
  logger: Logger;
  newId: () => string;
  later: Later;
  random: () => number;
  deliver: (parent: OfficeId, changes: Change[]) => Promise<Answered[]>;
  report: (below: OfficeId, discrepancies: Discrepancy[]) => Promise<void>;
}

/** What leaves an office by itself: changes upwards, discrepancies downwards; a courier for each office that it goes to. */
export class Dispatch {
  private readonly desk: Desk;
  private readonly upwards: Courier | undefined;
  private readonly downwards = new Map<OfficeId, Courier>();

  constructor(desk: Desk) {
    this.desk = desk;
    const { parent } = desk.network.entry(desk.office);
    if (parent && desk.network.participates(desk.office)) this.upwards = this.courier(() => this.sendChangesTo(parent));
  }

  /** Changes were queued, or were left from before. */
  wake(): void {
    this.upwards?.wake();
  }

  /** Keeps discrepancies, and sends them on to the municipality that has to look into them. */
  async receive(discrepancies: Discrepancy[]): Promise<void> {
    const { ledger, office, clock } = this.desk;
    const concerned = Map.groupBy(discrepancies, ({ municipality }) => municipalityId(municipality));
    concerned.delete(office);
    await ledger.transaction().execute(async (trx) => {
      await enterDiscrepancies(trx, discrepancies);
      for (const [destination, theirs] of concerned)
        await enqueue(trx, { destination, kind: 'REPORT', at: clock.now() }, theirs);
    });
    for (const below of concerned.keys()) this.courierTo(below).wake();
  }

  /** How much waits to go up, and since when; undefined where nothing goes up. */
  async standing(): Promise<QueueStanding | undefined> {
    const { parent } = this.desk.network.entry(this.desk.office);
    return parent === undefined ? undefined : queueStanding(this.desk.ledger, parent);
  }

  /** Tries at once what waits. Resolves when it is delivered, or was not. */
  async settled(): Promise<void> {
    for (const courier of this.couriers) await courier.drain().catch(() => {});
  }

  async stop(): Promise<void> {
    await Promise.all(this.couriers.map((courier) => courier.stop()));
  }

  private get couriers(): Courier[] {
    return [...(this.upwards ? [this.upwards] : []), ...this.downwards.values()];
  }

  private sendChangesTo(parent: OfficeId): Promise<'MORE' | 'EMPTY'> {
    const { ledger, clock, deliver } = this.desk;
    return sendChanges({
      ...{ ledger, clock, parent },
      deliver: (changes) => deliver(parent, changes),
      noteRefused: (refused, at) => this.noteRefused(parent, refused, at),
    });
  }

  private noteRefused(foundBy: OfficeId, refused: { change: Change; reason: string }[], foundAt: Date): Promise<void> {
    return this.receive(
      refused.map(({ change, reason }) => ({
        ...{ discrepancyId: this.desk.newId(), municipality: change.municipality, changeId: change.changeId },
        residentRecordCode: change.identification.residentRecordCode,
        ...{ what: reason, foundBy, foundAt },
      })),
    );
  }

  private courierTo(below: OfficeId): Courier {
    const known = this.downwards.get(below);
    if (known) return known;
    const courier = this.courier(() => this.sendReportsTo(below));
    this.downwards.set(below, courier);
    return courier;
  }

  private async sendReportsTo(below: OfficeId): Promise<'MORE' | 'EMPTY'> {
    const { ledger, report } = this.desk;
    const queued = await nextQueued<Discrepancy>(ledger, { destination: below, kind: 'REPORT' }, MOST_REPORTS);
    if (queued.length === 0) return 'EMPTY';
    await report(
      below,
      queued.map(({ content }) => ({ ...content, foundAt: new Date(content.foundAt) })),
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
