import type { Kysely, Transaction } from 'kysely';
import { type Caller, callerUri } from '../domain/caller.js';
import type { Clock } from '../domain/clock.js';
import {
  appendEntries,
  nextPosition,
  readEntries,
  readProvedLeaves,
  type SealedEntry,
} from '../storage/audit-entries.js';
import { commitTogether } from '../storage/commit-together.js';
import type { CoreTables } from '../storage/tables.js';
import { type AuditEntry, leafOf, type Occurrence } from './entry.js';

type RandomBytes = (size: number) => Buffer;

/** An office's own log. Entries are appended, never changed. */
export class AuditLog {
  private readonly db: Kysely<CoreTables>;
  private readonly clock: Clock;
  private readonly randomBytes: RandomBytes;
  private readonly observers: ((occurrence: Occurrence) => void)[] = [];
  private readonly commit: (entry: SealedEntry) => Promise<void>;

  constructor(db: Kysely<CoreTables>, clock: Clock, randomBytes: RandomBytes) {
    this.db = db;
    this.clock = clock;
    this.randomBytes = randomBytes;
    this.commit = commitTogether(db, appendEntries);
  }

  /** Somebody who wants to know of each entry once it is durable. */
  observe(observer: (occurrence: Occurrence) => void): void {
    this.observers.push(observer);
  }

  /** Resolves once the entry is durable; until then, no answer that it accounts for may leave. */
  async append(occurrence: Occurrence): Promise<void> {
    await this.commit(this.sealed(occurrence));
    for (const observer of this.observers) observer(occurrence);
  }

  /** Appends an entry that stands or falls with what the caller's transaction writes besides. */
  appendWith(trx: Transaction<CoreTables>, occurrence: Occurrence): Promise<void> {
    return appendEntries(trx, [this.sealed(occurrence)]);
  }

  private sealed(occurrence: Occurrence): SealedEntry {
    const subjects = [...new Set(occurrence.concerns)].map((residentRecordCode) => ({
      residentRecordCode,
      salt: this.randomBytes(16).toString('hex'),
    }));
    const leaf = leafOf(this.clock.now().toISOString(), occurrence, subjects);
    const { exchange, nonce, purpose, evidence } = occurrence;
    return { exchange, leaf, nonce, purpose, subjects, evidence: evidence ?? {} };
  }

  /** Whether a question that this caller proved is in the log under this name; others may have used the name for theirs. */
  async knows(caller: Caller, exchange: string): Promise<boolean> {
    const uri = callerUri(caller);
    const leaves = await readProvedLeaves(this.db, exchange);
    return leaves.some((leaf) => (JSON.parse(leaf) as AuditEntry).caller === uri);
  }

  size(): Promise<number> {
    return nextPosition(this.db);
  }

  async entries(from = 0): Promise<AuditEntry[]> {
    const rows = await readEntries(this.db, from);
    return rows.map(({ leaf, purpose }) => ({ ...(JSON.parse(leaf) as AuditEntry), purpose }));
  }
}
