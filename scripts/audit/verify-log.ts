import type { Checkpoint } from '#core/audit/checkpoint.js';
import type { ComparedEntry } from '#core/audit/compare-logs.js';
import { signatureDigest } from '#core/domain/digest.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Signers } from '#core/trust/signers.js';
import type { ExportedCheckpoint, ExportedLog } from './exported-log.js';
import { GrowingTree } from './growing-tree.js';
import { MalformedExport } from './read-lines.js';
import { type Finding, Unsound, type Wrong } from './unsound.js';
import { ownCheckpoint, seenCheckpoint } from './verify-checkpoint.js';
import { EntryCheck, isAboutTheCut } from './verify-entries.js';
import { EvidenceCheck, type Evidenced, officeOf } from './verify-evidence.js';

/** What else is wanted of a log while it is gone through once. */
interface Wanted {
  /** At these sizes the root is wanted, too. */
  rootsAt?: readonly number[];
  /** Whose exchanges with this office are compared afterwards. */
  comparedWith?: ReadonlySet<OfficeId>;
}

/** A log that is sound by itself, and what others are held against. */
export interface SoundLog {
  office: OfficeId;
  /** How many entries were gone through. */
  entries: number;
  checkpoint: Checkpoint;
  /** By size, those that were wanted; none where the size lies in what was pruned. */
  roots: ReadonlyMap<number, Buffer>;
  /** By the office on the other side. */
  exchanges: ReadonlyMap<OfficeId, ComparedEntry[]>;
  /** Whether an entry would be in this part of the log that was written before the other office logged at this time. */
  reaches(at: string): boolean;
}

/**
 * Goes through one log from its beginning to its end: each entry, the tree over them, what was signed.
 *
 * @throws Unsound at the first thing that is wrong
 */
export function verifyLog(log: ExportedLog, signers: Signers, wanted: Wanted = {}): SoundLog {
  const checkpoint = ownCheckpoint(log, signers);
  if (!checkpoint) return wrong(log, 'CHECKPOINT_NOT_SIGNED');
  if (checkpoint.size !== log.size)
    return wrong(log, 'CHECKPOINT_OF_ANOTHER_SIZE', { sizes: [checkpoint.size, log.size] });
  const pass = new Pass(log, signers, wanted);
  pass.readPruned();
  pass.readEntries();
  const { tree, roots, exchanges } = pass;
  if (!tree.root().equals(checkpoint.root)) wrong(log, 'ROOT_DIFFERS');
  const sound: SoundLog = {
    ...{ office: log.office, entries: log.size - log.from, checkpoint, roots, exchanges },
    reaches: (at) => pass.reaches(at),
  };
  for (const witness of log.witnesses) checkWitness(sound, witness, signers);
  return sound;
}

/** Whether the log begins with what another office has signed for having seen of it. */
function checkWitness(log: SoundLog, witness: ExportedCheckpoint, signers: Signers): void {
  const seen = seenCheckpoint(witness, { log: log.office, signer: witness.office }, signers);
  if (!seen) throw new Unsound({ wrong: 'CHECKPOINT_NOT_VALID', office: log.office, other: witness.office });
  checkBeginning(log, seen, { by: witness.office, witnessedAt: witness.witnessedAt });
}

/**
 * Holds a log against a checkpoint of it that somebody has.
 *
 * @throws Unsound where the log does not begin with it, although it was there before the log was exported
 */
export function checkBeginning(
  { office, checkpoint, roots, reaches }: SoundLog,
  seen: Checkpoint,
  { by, witnessedAt }: { by: OfficeId; witnessedAt: Date },
): void {
  const finding = { office, other: by, sizes: [checkpoint.size, seen.size] as [number, number] };
  if (!seen.logKey.equals(checkpoint.logKey)) throw new Unsound({ wrong: 'LOG_KEY_CHANGED', ...finding });
  if (seen.size > checkpoint.size) {
    if (reaches(witnessedAt.toISOString())) throw new Unsound({ wrong: 'LOG_TRUNCATED', ...finding });
    return;
  }
  const root = roots.get(seen.size);
  if (root && !root.equals(seen.root)) throw new Unsound({ wrong: 'LOG_REWRITTEN', ...finding });
}

/** One reading of a log. */
class Pass {
  readonly tree = new GrowingTree();
  readonly roots = new Map<number, Buffer>();
  readonly exchanges = new Map<OfficeId, ComparedEntry[]>();
  private readonly log: ExportedLog;
  private readonly check: EntryCheck;
  private readonly sizes: ReadonlySet<number>;
  private readonly comparedWith: ReadonlySet<OfficeId>;

  constructor(log: ExportedLog, signers: Signers, { rootsAt = [], comparedWith = new Set() }: Wanted) {
    this.log = log;
    this.check = new EntryCheck(log, new EvidenceCheck(log, signers));
    this.sizes = new Set([...rootsAt, ...log.witnesses.map(({ size }) => size)]);
    this.comparedWith = comparedWith;
    this.noteRoot();
  }

  readPruned(): void {
    try {
      for (const subtree of this.log.pruned) {
        this.tree.append(subtree);
        this.noteRoot();
      }
    } catch {
      wrong(this.log, 'PRUNED_NOT_WHOLE');
    }
    if (this.tree.size !== this.log.from) wrong(this.log, 'PRUNED_NOT_WHOLE');
  }

  readEntries(): void {
    try {
      for (const exported of this.log.entries()) {
        const { position, hash } = exported;
        this.noteExchange(this.check.check(exported));
        this.tree.append({ level: 0, index: position, hash });
        this.noteRoot();
      }
    } catch (error) {
      throw error instanceof MalformedExport ? malformed(this.log.office, error) : error;
    }
    if (this.tree.size !== this.log.size)
      wrong(this.log, 'CHECKPOINT_OF_ANOTHER_SIZE', { sizes: [this.log.size, this.tree.size] });
  }

  reaches(at: string): boolean {
    const { firstAt, latestAt } = this.check;
    const until = Math.max(this.log.exportedAt?.getTime() ?? -1, latestAt === undefined ? -1 : Date.parse(latestAt));
    // Of the same millisecond nobody knows which was first.
    return Date.parse(at) < until && !isAboutTheCut(this.log, firstAt, at);
  }

  private noteRoot(): void {
    if (this.sizes.has(this.tree.size)) this.roots.set(this.tree.size, this.tree.root());
  }

  private noteExchange({ position, leaf, evidence }: Evidenced & { position: number }): void {
    if (leaf.event === 'RECORDED') return;
    const other = leaf.event === 'ANSWERED' ? officeOf(leaf.caller) : leaf.answering;
    if (other === undefined || !this.comparedWith.has(other)) return;
    const { subjects: _subjects, ...compared } = leaf;
    const mandateDigest = evidence?.mandate ? signatureDigest(evidence.mandate.signature) : null;
    const entries = this.exchanges.get(other) ?? [];
    entries.push({ ...compared, position, mandateDigest });
    this.exchanges.set(other, entries);
  }
}

/** What is wrong where an export can not be read. */
export function malformed(office: OfficeId, { file, line, fault }: MalformedExport): Unsound {
  return new Unsound({
    wrong: 'MALFORMED',
    office,
    fault: `${file}${line === undefined ? '' : ` line ${line}`} ${fault}`,
  });
}

function wrong({ office }: Pick<ExportedLog, 'office'>, what: Wrong, more: Partial<Finding> = {}): never {
  throw new Unsound({ wrong: what, office, ...more });
}
