import type { Kysely, Transaction } from 'kysely';
import { type Caller, callerUri } from '../domain/caller.js';
import type { Clock } from '../domain/clock.js';
import { inGroups } from '../domain/in-groups.js';
import { type OfficeId, originOf } from '../domain/office.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { together } from '../domain/together.js';
import {
  appendEntries,
  type EntryDraft,
  nextPosition,
  readEntries,
  readLogSecret,
  readProvedLeaves,
} from '../storage/audit-entries.js';
import { fromTree } from '../storage/audit-tiles.js';
import { commitTogether } from '../storage/commit-together.js';
import { writeAlone } from '../storage/dialect.js';
import { keepPersonKeys, readPersonKeys } from '../storage/person-keys.js';
import { readKeptEntries } from '../storage/read-log.js';
import type { CoreTables } from '../storage/tables.js';
import { type Misfit, misfitOf } from './check-entry.js';
import type { Checkpoint } from './checkpoint.js';
import { type AuditEntry, leafOf, type Occurrence } from './entry.js';
import { LogKey, tagOf } from './log-key.js';
import { consistencyProof, inclusionProof, rootHash } from './merkle-tree.js';

/** How many entries were checked, where the next are, and what does not fit. */
interface Checked {
  checked: number;
  next: number | undefined;
  misfit: { position: number; what: Misfit } | undefined;
}

/** So many entries' tiles fit into one statement. */
const PROOFS_AT_ONCE = 50;

/** An office's own log. Entries are appended, never changed. */
export class AuditLog {
  private readonly db: Kysely<CoreTables>;
  private readonly clock: Clock;
  private readonly observers: ((occurrence: Occurrence) => void)[] = [];
  private readonly commit: (draft: EntryDraft) => Promise<void>;
  private key: LogKey | undefined;
  private checking: LogKey | undefined;
  private readonly provedUnder: (exchange: string) => Promise<string[]>;

  constructor(db: Kysely<CoreTables>, clock: Clock) {
    this.db = db;
    this.clock = clock;
    this.provedUnder = together(async (exchanges: string[]) => {
      const proved = await readProvedLeaves(db, exchanges);
      return exchanges.map((exchange) => proved.get(exchange) ?? []);
    });
    this.commit = commitTogether(db, (trx, drafts: EntryDraft[]) => this.write(trx, drafts));
  }

  /** Somebody who wants to know of each entry once it is durable. */
  observe(observer: (occurrence: Occurrence) => void): void {
    this.observers.push(observer);
  }

  /** Resolves once the entry is durable; until then, no answer that it accounts for may leave. */
  async append(occurrence: Occurrence): Promise<void> {
    await this.commit(this.draft(occurrence));
    for (const observer of this.observers) observer(occurrence);
  }

  /** Appends entries that stand or fall with what the caller's transaction writes besides. */
  appendWith(trx: Transaction<CoreTables>, ...occurrences: Occurrence[]): Promise<void> {
    const drafts = occurrences.map((occurrence) => this.draft(occurrence));
    return this.write(trx, drafts);
  }

  /** What the log comes to by now. */
  async checkpoint(office: OfficeId): Promise<Checkpoint> {
    const size = await this.size();
    const { publicKey } = await this.keyIn(this.db);
    return { origin: originOf(office), size, root: await this.root(size), logKey: publicKey };
  }

  /** Of the first so many entries. @throws RangeError where there are not that many */
  root(size: number): Promise<Buffer> {
    return fromTree(this.db, (full) => rootHash(size, full));
  }

  /** That an entry is among the first so many. @throws RangeError */
  proveInclusion(position: number, size: number): Promise<Buffer[]> {
    return fromTree(this.db, (full) => inclusionProof(position, size, full));
  }

  /** The same for many. @throws RangeError */
  async proveAll(positions: number[], size: number): Promise<Buffer[][]> {
    const proofs = [];
    for (const group of inGroups(positions, PROOFS_AT_ONCE))
      proofs.push(...(await fromTree(this.db, (full) => group.map((one) => inclusionProof(one, size, full)))));
    return proofs;
  }

  /** @returns what shows which key this log's tags of a person are made with */
  async proveKey(code: ResidentRecordCode, randomBytes: (size: number) => Buffer): Promise<Buffer> {
    return (await this.keyIn(this.db)).prove(code, randomBytes);
  }

  /** Holds what stands beside the entries of a page against their leaves. @returns the first that does not fit */
  async check(from: number): Promise<Checked> {
    // Not with the keys that are kept beside the log: what is held against the leaves comes of the secret alone.
    this.checking ??= new LogKey(await readLogSecret(this.db));
    const key = this.checking;
    const { entries, next } = await readKeptEntries(this.db, from);
    for (const [checked, entry] of entries.entries()) {
      const what = misfitOf(entry, key);
      if (what) return { checked, next, misfit: { position: entry.position, what } };
    }
    return { checked: entries.length, next, misfit: undefined };
  }

  /** That the first `after` entries begin with the first `before`. @throws RangeError */
  proveConsistency(before: number, after: number): Promise<Buffer[]> {
    return fromTree(this.db, (full) => consistencyProof(before, after, full));
  }

  /** Whether a question that this caller proved is in the log under this name; others may have used the name for theirs. */
  async knows(caller: Caller, exchange: string): Promise<boolean> {
    const uri = callerUri(caller);
    return (await this.provedUnder(exchange)).some((leaf) => (JSON.parse(leaf) as AuditEntry).caller === uri);
  }

  size(): Promise<number> {
    return nextPosition(this.db);
  }

  async entries(from = 0): Promise<AuditEntry[]> {
    const rows = await readEntries(this.db, from);
    return rows.map(({ leaf, purpose }) => ({ ...(JSON.parse(leaf) as AuditEntry), purpose }));
  }

  private async write(trx: Transaction<CoreTables>, drafts: readonly EntryDraft[]): Promise<void> {
    if (drafts.length === 0) return;
    // Before the keys, too: of two who have written some, each could wait for those of the other.
    await writeAlone(trx);
    const keys = await keysOf(trx, await this.keyIn(trx), new Set(drafts.flatMap(({ concerns }) => concerns)));
    await appendEntries(trx, drafts, (code, number) => tagOf(keys.get(code) as Buffer, number));
  }

  private draft(occurrence: Occurrence): EntryDraft {
    const at = this.clock.now().toISOString();
    const { event, exchange, caller, nonce, purpose, evidence = {} } = occurrence;
    const leafWith = (subjects: string[]) => leafOf(at, occurrence, subjects);
    const [concerns, namesAll] = [[...occurrence.concerns], occurrence.provision !== undefined];
    return { event, exchange, caller, nonce, purpose, evidence, concerns, namesAll, leafWith };
  }

  private async keyIn(db: Kysely<CoreTables>): Promise<LogKey> {
    this.key ??= new LogKey(await readLogSecret(db));
    return this.key;
  }
}

/** Working out somebody's key takes longer than all else of an entry, so it is done once and kept. */
async function keysOf(
  trx: Transaction<CoreTables>,
  key: LogKey,
  people: ReadonlySet<ResidentRecordCode>,
): Promise<Map<ResidentRecordCode, Buffer>> {
  const keys = new Map<ResidentRecordCode, Buffer>();
  for (const { code, personKey } of await readPersonKeys(trx, [...people])) keys.set(code, personKey);
  const never = [...people].filter((code) => !keys.has(code));
  const worked = never.map((code) => ({ code, personKey: key.personKey(code) }));
  await keepPersonKeys(trx, worked);
  for (const { code, personKey } of worked) keys.set(code, personKey);
  return keys;
}
