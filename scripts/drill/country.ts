import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { today } from '#core/domain/clock.js';
import { type OfficeId, roleOf, slugOf } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import type { ConsistencyCheck } from '#core/propagation/check-consistency.js';
import { changesWithIds } from '#core/storage/changes.js';
import type { Random } from '../seed/random.js';
import { DrilledOffice, openDrillLedger } from './drilled-office.js';
import { FaultyLine } from './faulty-line.js';
import { type LedgerState, readLedgerState } from './ledger-state.js';
import { type Act, Population } from './population.js';
import { type RunningOffice, runOffice } from './running-office.js';
import { type FaultSchedule, streamOf } from './schedule.js';
import type { Templates } from './templates.js';
import { VirtualTime } from './virtual-time.js';

const MOST_DOWN_MS = 90_000;
const MOST_STEPS = 2_000;

/** The offices of a schedule in one process, over ledger files of their own, with a faulty line between them. */
export class Country {
  readonly network: Network;
  readonly time: VirtualTime;
  readonly line: FaultyLine;
  readonly offices: Map<OfficeId, DrilledOffice<RunningOffice>>;
  /** Changes whose recording was confirmed at the counter. */
  readonly confirmed = new Map<OfficeId, string[]>();
  private readonly schedule: FaultSchedule;
  private readonly folder: string;
  private readonly population: Population;
  private readonly random: Random;
  private readonly inDoubt: Act[] = [];

  constructor(
    network: Network,
    schedule: FaultSchedule,
    { folder, templates }: { folder: string; templates: Templates },
  ) {
    const { seed, fates } = schedule;
    this.network = network;
    this.folder = folder;
    this.schedule = schedule;
    this.time = new VirtualTime(network.clockStartsAt);
    this.random = streamOf(seed, 'acts');
    const ids = network.offices.map(({ office }) => office);
    const towns = ids.filter((office) => roleOf(office) === 'municipality');
    this.population = new Population(streamOf(seed, 'population'), towns);
    this.line = new FaultyLine({
      ...{ time: this.time, random: streamOf(seed, 'line'), fates },
      answerOf: (office, path) => this.office(office).running?.answers.get(path),
      crash: (office, steps) => this.crash(office, steps),
    });
    this.offices = new Map(
      ids.map((office) => {
        const file = this.fileOf(office);
        for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
        copyFileSync(towns.includes(office) ? templates.municipality : templates.above, file);
        const random = streamOf(seed, office);
        const peers = (asking: OfficeId, isAlive: () => boolean) => this.line.peersOf(asking, isAlive);
        return [
          office,
          new DrilledOffice({
            office,
            network,
            time: this.time,
            random,
            peers,
            statements: templates.signing.of(office),
            ...{ open: async () => openDrillLedger(file), run: runOffice },
          }),
        ];
      }),
    );
  }

  office(id: OfficeId): DrilledOffice<RunningOffice> {
    const office = this.offices.get(id);
    if (!office) throw new RangeError(`${id} is not in this country`);
    return office;
  }

  /** Puts a copy in the place of an office's ledger; the office is down then. */
  async restore(office: OfficeId, copy: string): Promise<void> {
    await this.office(office).crash();
    const file = this.fileOf(office);
    for (const rest of ['', '-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
    copyFileSync(copy, file);
  }

  async start(): Promise<void> {
    for (const office of this.offices.values()) await office.start();
  }

  /** Ends an office after so many steps, and starts it again after a while. */
  crash(office: OfficeId, steps: number): void {
    void this.office(office)
      .crash(steps)
      .then(() => this.startLater(office));
  }

  startLater(office: OfficeId): void {
    this.time.later(() => void this.office(office).start(), this.random.integer(MOST_DOWN_MS));
  }

  /** Somebody comes to a counter, if one that they could come to is open. */
  async act(): Promise<void> {
    await this.settleDoubts();
    const isOpen = (office: OfficeId) => this.office(office).running !== undefined;
    const act = this.population.drawAct(today(this.time), isOpen);
    if (!act) return;
    const recording = this.office(act.office).running?.record(act.changes);
    if (this.random.integer(this.schedule.actCrashOneIn) === 0) this.crash(act.office, this.random.integer(MOST_STEPS));
    try {
      await recording;
      this.confirm(act);
    } catch {
      this.inDoubt.push(act);
    }
  }

  /** Looks up of acts that a crash cut off whether they were recorded. */
  async settleDoubts(): Promise<void> {
    for (const act of this.inDoubt.splice(0)) {
      const ledger = this.office(act.office).running?.ledger;
      const ids = act.changes.map(({ changeId }) => changeId);
      const kept = ledger && (await changesWithIds(ledger, ids).catch(() => undefined));
      if (!kept) this.inDoubt.push(act);
      else if (kept.size > 0) this.confirm(act);
      else act.settle(false);
    }
  }

  /** Each municipality holds its ledger against those above it, and repairs them. What fails is tried again some day. */
  async repairAll(): Promise<ConsistencyCheck[]> {
    const towns = [...this.offices.values()].filter(({ office }) => roleOf(office) === 'municipality');
    const checksOf = async ({ running }: DrilledOffice<RunningOffice>) =>
      (await running?.repairAbove().catch(() => [])) ?? [];
    return (await Promise.all(towns.map(checksOf))).flat();
  }

  async ledgers(): Promise<LedgerState[]> {
    const states = [];
    for (const { office, running } of this.offices.values())
      if (running) states.push(await readLedgerState(office, running.ledger));
    return states;
  }

  async close(): Promise<void> {
    for (const office of this.offices.values()) await office.crash();
  }

  private fileOf(office: OfficeId): string {
    return join(this.folder, slugOf(office));
  }

  private confirm(act: Act): void {
    act.settle(true);
    const ids = act.changes.map(({ changeId }) => changeId);
    this.confirmed.set(act.office, [...(this.confirmed.get(act.office) ?? []), ...ids]);
  }
}
