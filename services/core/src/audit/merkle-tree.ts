import { hash } from 'node:crypto';

/*
 * The tree over a log (RFC 6962, section 2). A subtree that is full is named by its level, 0 for a leaf, and its index
 * from the left; its hash never changes, so proofs are made from such hashes alone, wherever they are kept.
 */

/** The hash of the full subtree over the leaves from index * 2^level on. */
export type FullSubtrees = (level: number, index: number) => Buffer;

export function leafHash(leaf: Uint8Array | string): Buffer {
  const length = typeof leaf === 'string' ? 3 * leaf.length : leaf.length;
  const bytes = length < desk.length ? desk : Buffer.alloc(1 + length);
  bytes[0] = 0;
  if (typeof leaf === 'string') return sha256(bytes.subarray(0, 1 + bytes.write(leaf, 1)));
  bytes.set(leaf, 1);
  return sha256(bytes.subarray(0, 1 + leaf.length));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  // A path that somebody handed in may hold anything.
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES)
    return sha256(Buffer.concat([Buffer.of(1), left, right]));
  two.set(left, 1);
  two.set(right, 1 + HASH_BYTES);
  return sha256(two);
}

const HASH_BYTES = 32;
/** A node's hashes, and most leaves, are laid out here: to allocate a place for them takes half as long as to hash them. */
const two = Buffer.alloc(1 + 2 * HASH_BYTES, 1);
const desk = Buffer.alloc(8_192);

/** By way of a text, which takes a quarter of the time that node:crypto takes to hand out a buffer. */
function sha256(bytes: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');
}

/** Of the first `size` leaves. */
export function rootHash(size: number, full: FullSubtrees): Buffer {
  return size === 0 ? sha256(Buffer.alloc(0)) : hashOf({ from: 0, to: size }, full);
}

/** A full subtree, by its level and its index on that level. */
export interface Subtree {
  level: number;
  index: number;
  hash: Buffer;
}

/** The fewest full subtrees that cover the leaves before one, from left to right. */
export function fullSubtreesBefore(leaf: number, full: FullSubtrees): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let from = 0; from < leaf; ) {
    const level = Math.floor(Math.log2(leaf - from));
    const index = from / 2 ** level;
    subtrees.push({ level, index, hash: full(level, index) });
    from += 2 ** level;
  }
  return subtrees;
}

/**
 * That a leaf is in the tree of the first `size` leaves: the siblings on its way up, the lowest first.
 *
 * @throws RangeError where there is no such leaf
 */
export function inclusionProof(index: number, size: number, full: FullSubtrees): Buffer[] {
  if (index < 0 || index >= size) throw new RangeError('there is no such leaf in the tree');
  return pathTo(index, { from: 0, to: size }, full);
}

/**
 * That the tree of the first `before` leaves is the beginning of that of the first `after`.
 *
 * @throws RangeError where it can not be
 */
export function consistencyProof(before: number, after: number, full: FullSubtrees): Buffer[] {
  if (before < 0 || before > after) throw new RangeError('a tree begins with a smaller one only');
  if (before === 0 || before === after) return [];
  return subProof(before, { from: 0, to: after }, true, full);
}

/** Whether a leaf is at this place in the tree with this root (RFC 9162, section 2.1.3.2). */
export function provesInclusion(
  leaf: Uint8Array,
  { index, size, root }: { index: number; size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  return rootByInclusion(leaf, { index, size, path: proof })?.equals(root) ?? false;
}

/** The root of the tree that has a leaf at this place; undefined where the path can not lead from there to a root. */
export function rootByInclusion(
  leaf: Uint8Array,
  { index, size, path }: { index: number; size: number; path: readonly Uint8Array[] },
): Buffer | undefined {
  if (index < 0 || index >= size) return undefined;
  const way = new WayUp(index, size - 1);
  let hash: Buffer = Buffer.from(leaf);
  for (const sibling of path) {
    if (way.isAtRoot) return undefined;
    hash = way.isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    way.up();
  }
  return way.isAtRoot ? hash : undefined;
}

/** A tree, as far as it has to be known to hold a proof against it. */
interface Head {
  size: number;
  root: Uint8Array;
}

/** Whether the one tree begins with the other (RFC 9162, section 2.1.4.2). */
export function provesConsistency(before: Head, after: Head, proof: readonly Uint8Array[]): boolean {
  if (before.size <= 0 || before.size >= after.size) return proof.length === 0 && beginsWithoutProof(before, after);
  const [first, ...rest] = isPowerOfTwo(before.size) ? [before.root, ...proof] : proof;
  return first !== undefined && climbs(before, after, { first, rest });
}

/** Every tree begins with the empty one, and with itself. */
function beginsWithoutProof(before: Head, after: Head): boolean {
  const root = Buffer.from(before.root);
  if (before.size === after.size) return root.equals(after.root);
  return before.size === 0 && root.equals(rootHash(0, NOTHING));
}

function climbs(
  before: Head,
  after: Head,
  { first, rest }: { first: Uint8Array; rest: readonly Uint8Array[] },
): boolean {
  const way = new WayUp(before.size - 1, after.size - 1);
  way.skipFull();
  let [old, now]: [Buffer, Buffer] = [Buffer.from(first), Buffer.from(first)];
  for (const sibling of rest) {
    if (way.isAtRoot) return false;
    if (way.isRight) old = nodeHash(sibling, old);
    now = way.isRight ? nodeHash(sibling, now) : nodeHash(now, sibling);
    way.up();
  }
  return way.isAtRoot && old.equals(before.root) && now.equals(after.root);
}

/** From a node towards the root, in the numbering of its level; `last` is the last node there. */
class WayUp {
  private node: number;
  private last: number;

  constructor(node: number, last: number) {
    this.node = node;
    this.last = last;
  }

  get isAtRoot(): boolean {
    return this.last === 0;
  }

  /** Whether the next sibling stands to the left. */
  get isRight(): boolean {
    return this.node % 2 === 1 || this.node === this.last;
  }

  up(): void {
    // The last one without a sibling goes up as it is, until it has one to its left.
    if (this.node % 2 === 0 && this.node === this.last) while (this.node !== 0 && this.node % 2 === 0) this.halve();
    this.halve();
  }

  /** Past all levels on which the node is the right one of two: of a subtree that is full. */
  skipFull(): void {
    while (this.node % 2 === 1) this.halve();
  }

  private halve(): void {
    this.node = Math.floor(this.node / 2);
    this.last = Math.floor(this.last / 2);
  }
}

/** Leaves from an index to before another. */
interface Span {
  from: number;
  to: number;
}

function hashOf({ from, to }: Span, full: FullSubtrees): Buffer {
  const length = to - from;
  if (isPowerOfTwo(length) && from % length === 0) return full(Math.log2(length), from / length);
  const [left, right] = halves({ from, to });
  return nodeHash(hashOf(left, full), hashOf(right, full));
}

function pathTo(index: number, span: Span, full: FullSubtrees): Buffer[] {
  if (span.to - span.from === 1) return [];
  const [left, right] = halves(span);
  return index < left.to
    ? [...pathTo(index, left, full), hashOf(right, full)]
    : [...pathTo(index, right, full), hashOf(left, full)];
}

/** @param isKnown - whether the smaller tree is all of this span's beginning, which its holder has the root of */
function subProof(before: number, span: Span, isKnown: boolean, full: FullSubtrees): Buffer[] {
  if (before === span.to) return isKnown ? [] : [hashOf(span, full)];
  const [left, right] = halves(span);
  return before <= left.to
    ? [...subProof(before, left, isKnown, full), hashOf(right, full)]
    : [...subProof(before, right, false, full), hashOf(left, full)];
}

/** At the largest power of two below its length. */
function halves({ from, to }: Span): [Span, Span] {
  let left = 1;
  while (left * 2 < to - from) left *= 2;
  return [
    { from, to: from + left },
    { from: from + left, to },
  ];
}

function isPowerOfTwo(number: number): boolean {
  return Number.isInteger(Math.log2(number));
}

function NOTHING(): Buffer {
  throw new RangeError('an empty tree has no subtrees');
}
