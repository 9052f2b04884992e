import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.js';
import { type Directory, directoryBytes, readDirectory, type SignedDirectory, saySame } from '../domain/directory.js';
import { NATIONAL_CENTRE, type OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { Logger } from '../logger.js';
import type { Network } from '../network.js';
import { Courier, type Later } from '../propagation/courier.js';
import { heldDirectory, highestNumber, keepDirectory } from '../storage/directories.js';
import type { CoreTables } from '../storage/tables.js';
import type { LiveCredentials } from '../trust/live-credentials.js';
import type { Statements } from '../trust/statements.js';
import { type DirectoryStanding, directoryStanding, directoryWarnings } from './directory-standing.js';
import { stateDirectory } from './state-directory.js';

/** How often the office above is asked whether it holds a newer one: a push that was missed is made up for. */
const ASK_EVERY_MS = 60_000;

const NOT_FOLLOWED = 'the directory of the office above is not followed';

interface Desk {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
  statements: Statements;
  credentials: LiveCredentials;
  /** At the centre: where offices are, as far as it can tell others. */
  stateAddress?: (office: OfficeId) => string | undefined;
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
  /** One directory after the other: two that are made at once would have one number. */
  private turn: Promise<void> = Promise.resolve();
  private confirmedAt: Date | undefined;
  private told = new Set<string>();

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

  /** Follows what is kept from before. The centre issues another one, where that does not say what it knows. */
  async load(): Promise<void> {
    const { office, clock, credentials } = this.desk;
    await this.followKept();
    if (office !== NATIONAL_CENTRE) {
      this.confirmedAt = clock.now();
      return;
    }
    await this.restate();
    credentials.onChange(() => void this.restate().catch((error) => this.tell(error, 'no new directory is issued')));
  }

  /** Follows what is in the ledger, where that is newer: another process of the office keeps it there. */
  async followKept(): Promise<void> {
    const { ledger, statements } = this.desk;
    const kept = await heldDirectory(ledger);
    const signer = kept && (await statements.officeThatSignedWhatIsKept(kept.content, kept));
    const directory = signer === NATIONAL_CENTRE ? readDirectory(kept?.content ?? Buffer.alloc(0)) : undefined;
    if (kept && directory && directory.number > this.number) this.follow(kept, directory);
  }

  /** Begins to hand on and to ask. */
  begin(): void {
    for (const { courier } of this.below) courier.wake();
    this.above?.wake();
  }

  async stop(): Promise<void> {
    this.takeBack?.();
    await Promise.all([...this.below.map(({ courier }) => courier.stop()), this.above?.stop()]);
    await this.turn;
  }

  /** Resolves once all that are to be reached hold what is held here. */
  async settled(): Promise<void> {
    await this.above?.drain().catch(() => {});
    await this.turn;
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

  /** What is held, as /health shows it. */
  standing(): DirectoryStanding & { warnings: string[] } {
    const { office, network, clock } = this.desk;
    const { directory } = network;
    const standing = directoryStanding({ office, network, directory, confirmedAt: this.confirmedAt }, clock.now());
    return { ...standing, warnings: directoryWarnings(standing) };
  }

  /**
   * Takes a directory from the office above.
   *
   * @returns the number that is held then
   * @throws Refusal DIRECTORY_NOT_VALID, DIRECTORY_ROLLED_BACK
   */
  accept(signed: SignedDirectory): Promise<number> {
    return this.inTurn(async () => {
      const { content, ...statement } = signed;
      const signer = await this.desk.statements.officeThatOnceSigned(content, statement);
      const directory = signer === NATIONAL_CENTRE ? readDirectory(content) : undefined;
      if (!directory) throw new Refusal('DIRECTORY_NOT_VALID');
      const present = this.number;
      if (directory.number > present) await this.keep(signed, directory);
      else if (!this.signed?.content.equals(content)) throw new Refusal('DIRECTORY_ROLLED_BACK');
      this.confirmedAt = this.desk.clock.now();
      return directory.number;
    });
  }

  /** At the centre: decides something, and issues the directory that says so. @returns its number */
  change(decide: (present: Directory) => Directory): Promise<number> {
    return this.inTurn(async () => {
      const next = decide(await this.stated());
      await this.issue(next);
      return next.number;
    });
  }

  /** At the centre: issues another directory, where what it knows is not what the last one says. */
  private restate(): Promise<void> {
    return this.inTurn(async () => {
      const present = this.desk.network.directory;
      const next = await this.stated();
      if (!present || !saySame(present, next)) await this.issue(next);
    });
  }

  private async stated(): Promise<Directory> {
    const { network, clock, ledger, credentials, stateAddress = () => undefined } = this.desk;
    const known = { network, credentials: credentials.ofFolder, stateAddress };
    return stateDirectory(network.directory, known, clock.now(), await highestNumber(ledger));
  }

  private inTurn<Outcome>(act: () => Promise<Outcome>): Promise<Outcome> {
    const outcome = this.turn.then(act);
    this.turn = outcome.then(
      () => {},
      () => {},
    );
    return outcome;
  }

  private async issue(directory: Directory): Promise<void> {
    const content = directoryBytes(directory);
    await this.keep({ content, ...(await this.desk.statements.sign(content, directory.issuedAt)) }, directory);
  }

  private async keep(signed: SignedDirectory, directory: Directory): Promise<void> {
    const { ledger, clock, logger } = this.desk;
    await keepDirectory(ledger, directory.number, signed, clock.now());
    this.follow(signed, directory);
    logger.info({ number: directory.number }, 'following a new directory');
    this.warn();
    this.desk.followed();
    for (const { courier } of this.below) courier.wake();
  }

  private follow(signed: SignedDirectory, directory: Directory): void {
    this.signed = signed;
    this.desk.credentials.heed(directory.revocations);
    this.desk.network.follow(directory);
  }

  private async handOn(holding: Holding): Promise<'MORE' | 'EMPTY'> {
    const { held } = this;
    if (!held || holding.number >= held.directory.number) return 'EMPTY';
    holding.number = await this.desk.publish(holding.office, held.signed);
    return 'MORE';
  }

  private async fetch(parent: OfficeId): Promise<'EMPTY'> {
    this.warn();
    const signed = await this.desk.askAbove(parent);
    if (signed) await this.accept(signed).catch((error) => this.tell(error, NOT_FOLLOWED));
    this.takeBack?.();
    this.takeBack = this.desk.later(() => this.above?.wake(), ASK_EVERY_MS);
    return 'EMPTY';
  }

  private tell(error: unknown, what: string): void {
    const { reason } = error instanceof Refusal ? error : new Refusal('INTERNAL');
    this.desk.logger.error({ reason }, what);
  }

  /** Each warning once, when it begins. */
  private warn(): void {
    const { warnings } = this.standing();
    for (const warning of warnings) if (!this.told.has(warning)) this.desk.logger.warn({ warning }, 'directory');
    this.told = new Set(warnings);
  }

  private courierOf(send: () => Promise<'MORE' | 'EMPTY'>): Courier {
    const { later, random, logger } = this.desk;
    return new Courier({ send, later, random, logger });
  }
}
