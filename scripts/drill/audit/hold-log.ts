import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Leaf } from '#core/audit/entry.js';
import { LogKey } from '#core/audit/log-key.js';
import { consistencyProof, provesConsistency, rootHash } from '#core/audit/merkle-tree.js';
import { digestOf } from '#core/domain/digest.js';
import { nextPosition, readLogSecret } from '#core/storage/audit-entries.js';
import { fromTree } from '#core/storage/audit-tiles.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Asked } from './asker.js';

/** What a log has to hold, and does not. */
export interface LogViolation {
  rule:
    | 'ANSWER_WITHOUT_ENTRY'
    | 'ANSWER_LOGGED_OTHERWISE'
    | 'ACT_WITHOUT_ENTRY'
    | 'POSITIONS'
    | 'TREE_BROKEN'
    | 'CHECKPOINT_CONTRADICTED'
    | 'PEOPLE_MISNUMBERED';
  detail: string;
}

/** A log up to a size, as somebody saw it once. */
export interface SeenLog {
  size: number;
  root: Buffer;
}

/** A log of which no process has hold, as it is read after a crash. */
export interface HeldLog extends SeenLog {
  leaves: string[];
  violations: LogViolation[];
}

/**
 * Reads a log, and holds it against itself and against what was seen of it before: positions without a gap, the tree that
 * follows from its leaves and no other, earlier checkpoints, and the numbers of the people whom it names.
 */
export async function holdLog(ledger: Kysely<CoreTables>, before: readonly SeenLog[]): Promise<HeldLog> {
  const rows = await ledger.selectFrom('audit_entry').select(['position', 'leaf']).orderBy('position').execute();
  const leaves = rows.map(({ leaf }) => leaf);
  const gap = rows.findIndex(({ position }, i) => Number(position) !== i);
  const size = await nextPosition(ledger);
  const root = await fromTree(ledger, (full) => rootHash(size, full)).catch(() => Buffer.alloc(0));
  const own = treeOver(leaves);
  const violations: LogViolation[] = [];
  if (gap !== -1 || size !== leaves.length) violations.push({ rule: 'POSITIONS', detail: `at ${gap}` });
  if (!root.equals(own.root)) violations.push({ rule: 'TREE_BROKEN', detail: `of ${size} entries` });
  if (!(await areTilesOf(ledger, own.leafHashes))) violations.push({ rule: 'TREE_BROKEN', detail: 'leaf hashes' });
  for (const seen of before)
    if (!(await beginsWith(ledger, { size, root }, seen)))
      violations.push({ rule: 'CHECKPOINT_CONTRADICTED', detail: `of ${seen.size} entries` });
  return { size, root, leaves, violations: [...violations, ...(await misnumbered(ledger, leaves))] };
}

/** Each answer that arrived has one entry with its outcome and a digest over its very bytes; and each delivery that of the act. */
export function holdAnswers(leaves: readonly string[], asked: readonly Asked[]): LogViolation[] {
  const byExchange = new Map<string, Leaf[]>();
  for (const text of leaves) {
    const leaf = JSON.parse(text) as Leaf;
    byExchange.set(leaf.exchange, [...(byExchange.get(leaf.exchange) ?? []), leaf]);
  }
  return asked.flatMap((one) => faultsOf(one, byExchange.get(one.exchange) ?? []));
}

function faultsOf(asked: Asked, entries: Leaf[]): LogViolation[] {
  const { exchange, caller, arrived } = asked;
  const own = entries.filter((leaf) => leaf.event === 'ANSWERED' && leaf.caller === caller);
  const [entry] = own;
  const fault = (rule: LogViolation['rule']) => [{ rule, detail: exchange }];
  if (own.length > 1) return fault('ANSWER_LOGGED_OTHERWISE');
  if (!arrived) return [];
  if (!entry) return fault('ANSWER_WITHOUT_ENTRY');
  if (!isEntryOf(entry, asked)) return fault('ANSWER_LOGGED_OTHERWISE');
  const isAct = arrived.outcome === 'OK' && asked.procedure.endsWith('/DeliverChanges');
  const acts = entries.filter(({ event }) => event === 'RECORDED').length;
  return isAct && acts !== 1 ? fault('ACT_WITHOUT_ENTRY') : [];
}

function isEntryOf(entry: Leaf, { nonce, procedure, arrived }: Asked): boolean {
  const digest = arrived && digestOf(nonce, arrived.bytes);
  return entry.outcome === arrived?.outcome && entry.answerDigest === digest && entry.procedure === procedure;
}

/** RFC 6962, section 2.1, from the leaves alone: a second reckoning, which shares nothing with the office's. */
function treeOver(leaves: readonly string[]) {
  const sha256 = (...parts: (Buffer | string)[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
  const leafHashes = leaves.map((leaf) => sha256(Buffer.of(0), leaf));
  const over = (from: number, to: number): Buffer => {
    if (to - from === 0) return sha256();
    if (to - from === 1) return leafHashes[from] ?? sha256();
    let half = 1;
    while (half * 2 < to - from) half *= 2;
    return sha256(Buffer.of(1), over(from, from + half), over(from + half, to));
  };
  return { leafHashes, root: over(0, leaves.length) };
}

async function areTilesOf(ledger: Kysely<CoreTables>, leafHashes: Buffer[]): Promise<boolean> {
  const tiles = await ledger.selectFrom('audit_tile').select('hashes').where('level', '=', 0).orderBy('tile').execute();
  const kept = Buffer.concat(tiles.map(({ hashes }) => Buffer.from(hashes, 'base64')));
  return kept.equals(Buffer.concat(leafHashes));
}

async function beginsWith(ledger: Kysely<CoreTables>, now: SeenLog, seen: SeenLog): Promise<boolean> {
  if (seen.size > now.size) return false;
  const proof = await fromTree(ledger, (full) => consistencyProof(seen.size, now.size, full)).catch(() => undefined);
  return proof !== undefined && provesConsistency(seen, now, proof);
}

/** Each person's namings are numbered from 1 in the order of the log, and the leaves show the tags of just these. */
async function misnumbered(ledger: Kysely<CoreTables>, leaves: readonly string[]): Promise<LogViolation[]> {
  const key = new LogKey(await readLogSecret(ledger));
  const rows = await ledger.selectFrom('audit_subject').selectAll().orderBy('position').orderBy('ordinal').execute();
  const last = new Map<string, number>();
  const tags = leaves.map((): string[] => []);
  const violations: LogViolation[] = [];
  for (const { position, resident_record_code: code, number } of rows) {
    const expected = (last.get(code) ?? 0) + 1;
    last.set(code, Number(number));
    if (Number(number) !== expected) violations.push({ rule: 'PEOPLE_MISNUMBERED', detail: `at ${position}` });
    tags[Number(position)]?.push(key.tag(code, Number(number)));
  }
  for (const [i, leaf] of leaves.entries())
    if (JSON.stringify((JSON.parse(leaf) as Leaf).subjects) !== JSON.stringify(tags[i]))
      violations.push({ rule: 'PEOPLE_MISNUMBERED', detail: `the tags at ${i}` });
  return violations;
}
