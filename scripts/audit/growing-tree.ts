import { nodeHash, rootHash } from '#core/audit/merkle-tree.js';

/** A full subtree: its level, 0 for a leaf, its index from the left at that level. */
interface Subtree {
  level: number;
  index: number;
  hash: Buffer;
}

/**
 * The tree over a log that is read once from its beginning: of what has passed, only the largest full subtrees are kept,
 * as many as the size has binary digits. What is left of a pruned part are such subtrees, too.
 */
export class GrowingTree {
  private readonly full: Subtree[] = [];
  private leaves = 0;

  get size(): number {
    return this.leaves;
  }

  /** @throws RangeError where the subtree does not stand where the tree ends */
  append({ level, index, hash }: Subtree): void {
    if (index * 2 ** level !== this.leaves) throw new RangeError('the subtree is not the next one');
    this.leaves += 2 ** level;
    let grown: Subtree = { level, index, hash };
    for (let left = this.full.at(-1); grown.index % 2 === 1 && left?.level === grown.level; left = this.full.at(-1)) {
      this.full.pop();
      grown = { level: grown.level + 1, index: (grown.index - 1) / 2, hash: nodeHash(left.hash, grown.hash) };
    }
    this.full.push(grown);
  }

  root(): Buffer {
    if (this.leaves === 0) return rootHash(0, () => Buffer.alloc(0));
    return this.full.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right));
  }
}
