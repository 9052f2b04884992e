import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { appendEntries, nextPosition, readLeaves, type SealedEntry } from '../storage/audit-entries.js';
import { commitTogether } from '../storage/commit-together.js';
import type { CoreTables } from '../storage/tables.js';
import { type AuditEntry, leafOf } from './entry.js';

type RandomBytes = (size: number) => Buffer;

/** An office's own log. Entries are appended, never changed. */
export class AuditLog {
  private readonly db: Kysely<CoreTables>;
  private readonly clock: Clock;
  private readonly randomBytes: RandomBytes;
  private readonly commit: (entry: SealedEntry) => Promise<void>;

  constructor(db: Kysely<CoreTables>, clock: Clock, randomBytes: RandomBytes) {
    this.db = db;
    this.clock = clock;
    this.randomBytes = randomBytes;
    this.commit = commitTogether(db, appendEntries);
  }

  /** Resolves once the entry is durable; until then, no answer that it accounts for may leave. */
  async append(entry: Omit<AuditEntry, 'at'>, codes: Iterable<ResidentRecordCode> = []): Promise<void> {
    const subjects = [...new Set(codes)].map((residentRecordCode) => ({
      residentRecordCode,
      salt: this.randomBytes(16).toString('hex'),
    }));
    const leaf = leafOf({ at: this.clock.now().toISOString(), ...entry }, subjects);
    await this.commit({ exchange: entry.exchange, leaf, subjects });
  }

  size(): Promise<number> {
    return nextPosition(this.db);
  }

  async entries(from = 0): Promise<AuditEntry[]> {
    const leaves = await readLeaves(this.db, from);
    return leaves.map((leaf) => JSON.parse(leaf) as AuditEntry);
  }
}
