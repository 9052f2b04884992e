import { Kysely, sql } from 'kysely';
import type { Clock } from '#core/domain/clock.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import type { Peers } from '#core/peers/peers.js';
import { durableSqlite } from '#core/storage/sqlite.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Statements } from '#core/trust/statements.js';
import type { Random } from '../seed/random.js';
import { bytesFrom, uuidFrom } from './drawn-ids.js';
import type { Means } from './running-office.js';
import { turns, type VirtualTime } from './virtual-time.js';

/** What an office is while it is up. */
interface Running {
  ledger: Kysely<CoreTables>;
}

interface Place<Up extends Running> {
  office: OfficeId;
  network: Network;
  time: VirtualTime;
  random: Random;
  statements: Statements;
  /** Its end of the line, as long as it is alive. */
  peers: (asking: OfficeId, isAlive: () => boolean) => Peers;
  /** What time it believes it is; by default that of the line. */
  clock?: Clock;
  /** Opens its ledger for one life. */
  open: () => Promise<Kysely<CoreTables>>;
  run: (means: Means) => Up;
}

/** Opens a ledger that has its newest schema. */
export function openDrillLedger(file: string): Kysely<CoreTables> {
  // A power cut is not drilled: what a process has handed over to the system stays.
  return new Kysely<CoreTables>({ dialect: durableSqlite(file, 'NOT_ASKED') });
}

/** An office that can crash at any moment: what is in its memory is gone then, and its ledger stays. */
export class DrilledOffice<Up extends Running> {
  readonly office: OfficeId;
  private readonly place: Place<Up>;
  private life: { running: Up; end: () => void; ended: Promise<never> } | undefined;
  private isStarting = false;

  constructor(place: Place<Up>) {
    this.place = place;
    this.office = place.office;
  }

  get running(): Up | undefined {
    return this.life?.running;
  }

  /**
   * What somebody at its counter comes to.
   *
   * @throws Error once it has crashed, also where nothing else would have come of it any more
   */
  async during<Result>(act: (running: Up) => Promise<Result>): Promise<Result> {
    if (!this.life) throw new Error(`${this.office} is down`);
    return Promise.race([act(this.life.running), this.life.ended]);
  }

  /** Starts it over its ledger, unless it is up. */
  async start(): Promise<void> {
    if (this.life || this.isStarting) return;
    this.isStarting = true;
    const { office, network, time, random, peers, statements, clock = time, open, run } = this.place;
    const ledger = await open();
    let alive = true;
    const running = run({
      ...{ office, network, ledger, clock, peers: peers(office, () => alive), statements },
      later: (act, ms) => time.later(() => alive && act(), ms),
      random: () => random.integer(1_000_000) / 1_000_000,
      ...{ newId: () => uuidFrom(random), randomBytes: (size) => bytesFrom(random, size) },
    });
    const { promise: ended, reject } = Promise.withResolvers<never>();
    ended.catch(() => {});
    const end = () => {
      alive = false;
      reject(new Error(`${office} has crashed`));
    };
    this.life = { running, end, ended };
    this.isStarting = false;
  }

  /** Ends it after so many steps of whatever it is doing; what is half written is rolled back with the connection. */
  async crash(steps = 0): Promise<void> {
    const { life } = this;
    for (let i = 0; i < steps % STEPS_A_TURN; i++) await Promise.resolve();
    await turns(Math.floor(steps / STEPS_A_TURN));
    if (!life || this.life !== life) return;
    this.life = undefined;
    life.end();
    await life.running.ledger.destroy();
  }

  /** Keeps a copy of the ledger as it is now. Does nothing while the office is down. */
  async copyTo(copy: string): Promise<boolean> {
    if (!this.running) return false;
    await sql`vacuum into ${copy}`.execute(this.running.ledger);
    return true;
  }
}

/** A step is a promise that is kept; a transaction of a few statements has some hundred of them. */
const STEPS_A_TURN = 400;
