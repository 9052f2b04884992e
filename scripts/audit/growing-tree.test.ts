import { describe, expect, it } from '@jest/globals';
import { type FullSubtrees, leafHash, nodeHash, rootHash } from '#core/audit/merkle-tree.js';
import { GrowingTree } from './growing-tree.js';

const MOST = 130;
const full: FullSubtrees = (level, index) =>
  level === 0 ? leafHash(`entry ${index}`) : nodeHash(full(level - 1, 2 * index), full(level - 1, 2 * index + 1));

describe('A tree that grows leaf by leaf', () => {
  it(`has at every size up to ${MOST} the root of the tree that is worked out at once`, () => {
    const tree = new GrowingTree();
    expect(tree.root()).toEqual(rootHash(0, full));
    for (let index = 0; index < MOST; index += 1) {
      tree.append({ level: 0, index, hash: full(0, index) });
      expect(tree.root()).toEqual(rootHash(index + 1, full));
    }
  });

  it('goes on from full subtrees, be they as large as can be or not', () => {
    for (const pruned of [
      [
        [6, 0],
        [5, 2],
      ],
      [
        [5, 0],
        [5, 1],
        [4, 4],
        [4, 5],
      ],
    ]) {
      const tree = new GrowingTree();
      for (const [level = 0, index = 0] of pruned) tree.append({ level, index, hash: full(level, index) });
      for (let index = 96; index < MOST; index += 1) tree.append({ level: 0, index, hash: full(0, index) });
      expect([tree.size, tree.root()]).toEqual([MOST, rootHash(MOST, full)]);
    }
  });

  it('takes nothing that does not stand where it ends', () => {
    const tree = new GrowingTree();
    tree.append({ level: 2, index: 0, hash: full(2, 0) });
    for (const [level, index] of [
      [0, 0],
      [0, 5],
      [1, 1],
      [2, 0],
      [3, 1],
    ] as const)
      expect(() => tree.append({ level, index, hash: full(level, index) })).toThrow(RangeError);
  });
});
