import type { Clock } from '#core/domain/clock.js';
import { codeOf, type OfficeId, roleOf } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import type { Random } from '../../seed/random.js';
import { bytesFrom, uuidFrom } from '../drawn-ids.js';
import { DrilledOffice } from '../drilled-office.js';
import { FaultyLine } from '../faulty-line.js';
import type { HoldingRow } from '../ledger-state.js';
import { streamOf } from '../schedule.js';
import { VirtualTime } from '../virtual-time.js';
import { Echo } from './echo.js';
import { type MovingOffice, runMovingOffice } from './moving-office.js';
import type { MovingTemplates } from './moving-templates.js';
import { exchangeOf } from './operator-tool.js';
import type { MoveSchedule } from './schedule.js';
import type { WatchedLedger } from './watched-ledger.js';

const MOST_DOWN_MS = 90_000;

/** The offices of a schedule of moves in one process, with people in their ledgers and a faulty line between them. */
export class MovingCountry {
  readonly network: Network;
  readonly time: VirtualTime;
  readonly line: FaultyLine;
  readonly towns: OfficeId[];
  readonly offices: Map<OfficeId, DrilledOffice<MovingOffice>>;
  /** Codes that were on two registers' active records at one moment. */
  readonly doubled = new Set<string>();
  crashes = 0;
  /** What happened at counters, and to offices. */
  readonly story: string[] = [];
  /** What each ledger held at the beginning. */
  readonly first = new Map<OfficeId, HoldingRow[]>();
  private readonly schedule: MoveSchedule;
  private readonly templates: MovingTemplates;
  private readonly random: Random;
  private readonly clocks = new Map<OfficeId, Clock>();
  /** Whoever is active in each town, as it was last committed. */
  private readonly active = new Map<OfficeId, ReadonlySet<string>>();

  constructor(schedule: MoveSchedule, templates: MovingTemplates) {
    const { network } = templates;
    const { seed, fates, offsets } = schedule;
    this.network = network;
    this.schedule = schedule;
    this.templates = templates;
    this.time = new VirtualTime(network.clockStartsAt);
    this.random = streamOf(seed, 'crashes');
    this.line = new FaultyLine({
      ...{ time: this.time, random: streamOf(seed, 'line'), fates },
      answerOf: (office, path) => this.office(office).running?.answers.get(path),
      crash: (office, steps) => this.crash(office, steps),
    });
    const ids = network.offices.map(({ office }) => office);
    this.towns = ids.filter((office) => roleOf(office) === 'municipality');
    for (const { municipality, records } of templates.people) {
      const town = this.towns.find((office) => codeOf(office) === municipality) ?? '';
      this.active.set(town, new Set(records.map(({ residentRecordCode }) => residentRecordCode)));
    }
    for (const [i, office] of ids.entries())
      this.clocks.set(office, { now: () => new Date(this.time.now().getTime() + (offsets[i] ?? 0)) });
    this.offices = new Map(ids.map((office) => [office, this.build(office)]));
  }

  office(id: OfficeId): DrilledOffice<MovingOffice> {
    const office = this.offices.get(id);
    if (!office) throw new RangeError(`${id} is not in this country`);
    return office;
  }

  clock(id: OfficeId): Clock {
    return this.clocks.get(id) ?? this.time;
  }

  /** Rows of an office's ledger as they are; none while it is down. */
  rows<Row>(office: OfficeId, sql: string, ...parameters: unknown[]): Row[] {
    return this.office(office).running ? (this.templates.ledgers.get(office)?.rows<Row>(sql, ...parameters) ?? []) : [];
  }

  /** Everybody who lives in it. */
  get people(): ResidentRecord[] {
    return this.templates.people.flatMap(({ records }) => records);
  }

  /** @returns it with a number, by which it can be told how it came out */
  tell(what: string): string {
    const nth = /^#/.test(what) ? what : `#${this.story.length} ${what}`;
    this.story.push(`${this.time.now().toISOString()} ${nth}`);
    return nth;
  }

  async start(): Promise<void> {
    for (const office of this.offices.values()) await office.start();
    for (const office of this.offices.keys())
      this.first.set(office, this.rows(office, 'select * from identification_information'));
  }

  /** Ends an office after so many steps, and starts it again after a while. */
  crash(office: OfficeId, steps: number): void {
    void this.office(office)
      .crash(steps)
      .then(() => {
        this.crashes += 1;
        this.tell(`${office} crashed`);
        this.time.later(() => void this.office(office).start(), this.random.integer(MOST_DOWN_MS));
      });
  }

  async close(): Promise<void> {
    for (const office of this.offices.values()) await office.crash();
  }

  private build(office: OfficeId): DrilledOffice<MovingOffice> {
    const { network, time, schedule, templates } = this;
    const ledger = this.ledgerOf(office);
    const clock = this.clock(office);
    const echoes = streamOf(schedule.seed, `${office}/echoes`);
    const operator = templates.signing.operatorOf(office);
    const fresh = { newId: () => uuidFrom(echoes), randomBytes: (size: number) => bytesFrom(echoes, size) };
    return new DrilledOffice<MovingOffice>({
      ...{ office, network, time, clock, random: streamOf(schedule.seed, office) },
      statements: templates.signing.of(office),
      peers: (asking, isAlive) => this.line.peersOf(asking, isAlive),
      open: () => Promise.resolve(ledger.open()),
      run: (means) =>
        runMovingOffice({
          ...means,
          ...{ credentials: templates.signing.credentialsOf(office), pockets: templates.pockets },
          echo: new Echo({
            ...{ random: echoes, later: means.later, oneIn: schedule.echoOneIn },
            exchange: () => exchangeOf({ office, operator, clock, fresh }),
          }),
        }),
    });
  }

  private ledgerOf(office: OfficeId): WatchedLedger {
    const ledger = this.templates.ledgers.get(office);
    if (!ledger) throw new RangeError(`${office} had no ledger at the beginning`);
    const isTown = this.towns.includes(office);
    ledger.reset(isTown ? (active) => this.committed(office, active) : undefined);
    return ledger;
  }

  private committed(town: OfficeId, active: string[]): void {
    this.active.set(town, new Set(active));
    const elsewhere = this.towns.filter((other) => other !== town).map((other) => this.active.get(other));
    const counted = new Set(active);
    for (const code of active) if (elsewhere.some((other) => other?.has(code))) this.doubled.add(code);
    // Twice in one register.
    if (counted.size < active.length) this.doubled.add(active.find((code, i) => active.indexOf(code) !== i) ?? '');
  }
}
