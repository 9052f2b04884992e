import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.js';
import {
  type Directory,
  directoryBytes,
  nextDirectory,
  readDirectory,
  type SignedDirectory,
  type Standing,
} from '../domain/directory.js';
import { NATIONAL_CENTRE, type OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Logger } from '../logger.js';
import type { Network } from '../network.js';
import { Courier, type Later } from '../propagation/courier.js';
import { heldDirectory, keepDirectory } from '../storage/directories.js';
import type { CoreTables } from '../storage/tables.js';
import type { Statements } from '../trust/statements.js';

/** How often the office above is asked whether it holds a newer one: a push that was missed is made up for. */
const ASK_EVERY_MS = 60_000;

interface Desk {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
  statements: Statements;
  logger: Logger;
  later: Later;
  random: () => number;
  /** Hands a directory on to an office below. @returns the number that it holds then */
  publish: (below: OfficeId, directory: SignedDirectory) => Promise<number>;
  /** What the office above holds. */
  askAbove: (above: OfficeId) => Promise<SignedDirectory | undefined>;
  /** Something may be otherwise from now on. */
  followed: () => void;
}

/** The number of the directory that an office below was last known to hold. */
interface Holding {
  office: OfficeId;
  number: number;
}

interface Child {
  holding: Holding;
  courier: Courier;
}

/**
 * The directory that an office holds and follows: checked, kept on disk, handed on to the level below. It never runs out:
 * an old one goes on working and shows its age.
 */
export class DirectoryKeeper {
  private readonly desk: Desk;
  private readonly below: Child[];
  private readonly above: Courier | undefined;
  private takeBack: (() => void) | undefined;
  private signed: SignedDirectory | undefined;

  constructor(desk: Desk) {
    this.desk = desk;
    const { office, network } = desk;
    const children = network.offices.filter(({ parent }) => parent === office);
    this.below = children.map((entry) => {
      const holding = { office: entry.office, number: 0 };
      return { holding, courier: this.courierOf(() => this.handOn(holding)) };
    });
    const { parent } = network.entry(office);
    this.above = parent === undefined ? undefined : this.courierOf(() => this.fetch(parent));
  }

  /** Follows what is kept from before. The centre issues the first one, as the network file says it. */
  async load(): Promise<void> {
    const { ledger, office, network } = this.desk;
    const kept = await heldDirectory(ledger);
    const directory = kept && (await this.read(kept));
    if (kept && directory) this.follow(kept, directory);
    else if (office === NATIONAL_CENTRE) await this.issue({ number: 1, ...this.asFiled(network) });
  }

  /** Begins to hand on and to ask. */
  begin(): void {
    for (const { courier } of this.below) courier.wake();
    this.above?.wake();
  }

  async stop(): Promise<void> {
    this.takeBack?.();
    await Promise.all([...this.below.map(({ courier }) => courier.stop()), this.above?.stop()]);
  }

  /** Resolves once all that are to be reached hold what is held here. */
  async settled(): Promise<void> {
    await this.above?.drain().catch(() => {});
    for (const { courier } of this.below) await courier.drain().catch(() => {});
  }

  /** Of the directory that is held; 0 where none is. */
  get number(): number {
    return this.desk.network.directory?.number ?? 0;
  }

  get held(): { signed: SignedDirectory; directory: Directory } | undefined {
    const { directory } = this.desk.network;
    return this.signed && directory && { signed: this.signed, directory };
  }

  /**
   * Takes a directory from the office above.
   *
   * @returns the number that is held then
   * @throws Refusal DIRECTORY_NOT_VALID, DIRECTORY_ROLLED_BACK
   */
  async accept(signed: SignedDirectory): Promise<number> {
    const directory = await this.read(signed);
    if (!directory) throw new Refusal('DIRECTORY_NOT_VALID');
    const present = this.desk.network.directory;
    if (present && directory.number <= present.number) {
      if (this.signed?.content.equals(signed.content)) return present.number;
      throw new Refusal('DIRECTORY_ROLLED_BACK');
    }
    await this.keep(signed, directory);
    return directory.number;
  }

  /** At the centre: changes an office's standing, and issues the directory that says so. @returns its number */
  async change(office: OfficeId, standing: Partial<Omit<Standing, 'office'>>): Promise<number> {
    const { network, clock } = this.desk;
    const present = network.directory ?? { number: 0, ...this.asFiled(network) };
    const next = nextDirectory(present, { office, issuedAt: clock.now(), ...standing });
    await this.issue(next);
    return next.number;
  }

  private asFiled(network: Network): Omit<Directory, 'number'> {
    const offices = network.offices.map(({ office }) => ({
      ...{ office, participating: network.participates(office), cutOff: null },
    }));
    return { issuedAt: this.desk.clock.now(), offices };
  }

  private async issue(directory: Directory): Promise<void> {
    const content = directoryBytes(directory);
    await this.keep({ content, ...(await this.desk.statements.sign(content, directory.issuedAt)) }, directory);
  }

  private async read(signed: SignedDirectory): Promise<Directory | undefined> {
    const { content, ...statement } = signed;
    const signer = await this.desk.statements.officeThatSigned(content, statement);
    return signer === NATIONAL_CENTRE ? readDirectory(content) : undefined;
  }

  private async keep(signed: SignedDirectory, directory: Directory): Promise<void> {
    const { ledger, clock, logger } = this.desk;
    await keepDirectory(ledger, directory.number, signed, clock.now());
    this.follow(signed, directory);
    logger.info({ number: directory.number }, 'following a new directory');
    this.desk.followed();
    for (const { courier } of this.below) courier.wake();
  }

  private follow(signed: SignedDirectory, directory: Directory): void {
    this.signed = signed;
    this.desk.network.follow(directory);
  }

  private async handOn(holding: Holding): Promise<'MORE' | 'EMPTY'> {
    const { held } = this;
    if (!held || holding.number >= held.directory.number) return 'EMPTY';
    holding.number = await this.desk.publish(holding.office, held.signed);
    return 'MORE';
  }

  private async fetch(parent: OfficeId): Promise<'EMPTY'> {
    const signed = await this.desk.askAbove(parent);
    const isNews = signed && !this.signed?.content.equals(signed.content);
    if (isNews) await this.accept(signed).catch((error) => this.tell(error));
    this.takeBack?.();
    this.takeBack = this.desk.later(() => this.above?.wake(), ASK_EVERY_MS);
    return 'EMPTY';
  }

  private tell(error: unknown): void {
    const { reason } = error instanceof Refusal ? error : new Refusal('INTERNAL');
    this.desk.logger.error({ reason }, 'the directory of the office above is not followed');
  }

  private courierOf(send: () => Promise<'MORE' | 'EMPTY'>): Courier {
    const { later, random, logger } = this.desk;
    return new Courier({ send, later, random, logger });
  }
}
