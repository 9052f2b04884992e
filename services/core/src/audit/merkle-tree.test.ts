import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyProof,
  type FullSubtrees,
  inclusionProof,
  provesConsistency,
  provesInclusion,
  rootHash,
} from './merkle-tree.js';

const MOST = 300;
const leaves = Array.from({ length: MOST }, (_, i) => Buffer.from(`entry ${i}`));

/*
 * Another implementation: RFC 6962, section 2.1, word by word, over all leaves from one to before another and without
 * subtrees that are kept. What was worked out once is remembered.
 */
const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const k = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1);
class Rfc6962 {
  private readonly known = new Map<string, Buffer>();
  private readonly d: readonly Buffer[];

  constructor(d: readonly Buffer[]) {
    this.d = d;
  }

  mth(from: number, to: number): Buffer {
    const known = this.known.get(`${from} ${to}`) ?? this.workOut(from, to);
    this.known.set(`${from} ${to}`, known);
    return known;
  }

  path(m: number, from: number, to: number): Buffer[] {
    if (to - from === 1) return [];
    const middle = from + k(to - from);
    return m < middle
      ? [...this.path(m, from, middle), this.mth(middle, to)]
      : [...this.path(m, middle, to), this.mth(from, middle)];
  }

  consistency(m: number, n: number): Buffer[] {
    return m === n ? [] : this.subproof(m, 0, n, true);
  }

  private subproof(m: number, from: number, to: number, b: boolean): Buffer[] {
    if (m === to) return b ? [] : [this.mth(from, to)];
    const middle = from + k(to - from);
    return m <= middle
      ? [...this.subproof(m, from, middle, b), this.mth(middle, to)]
      : [...this.subproof(m, middle, to, false), this.mth(from, middle)];
  }

  private workOut(from: number, to: number): Buffer {
    if (from === to) return sha256();
    if (to - from === 1) return sha256(Buffer.of(0), this.d[from] ?? Buffer.alloc(0));
    const middle = from + k(to - from);
    return sha256(Buffer.of(1), this.mth(from, middle), this.mth(middle, to));
  }
}

const other = new Rfc6962(leaves);
const full: FullSubtrees = (level, index) => other.mth(index * 2 ** level, (index + 1) * 2 ** level);
const tree = (size: number) => ({ size, root: rootHash(size, full) });

describe('The tree hash of RFC 6962', () => {
  const D = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const vectors = D.map((leaf) => Buffer.from(leaf, 'hex'));
  const reference = new Rfc6962(vectors);
  const over: FullSubtrees = (level, index) => reference.mth(index * 2 ** level, (index + 1) * 2 ** level);

  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('is that of the published vectors over %i leaves', (size, root) => {
    expect(rootHash(size, over).toString('hex')).toBe(root);
  });

  it(`is that of another implementation for every size up to ${MOST}`, () => {
    for (let size = 0; size <= MOST; size += 1) expect(tree(size).root).toEqual(other.mth(0, size));
  });
});

describe('A proof that a leaf is in the tree', () => {
  it(`is that of another implementation, for every leaf of every tree up to ${MOST}, and proves it`, () => {
    const wrong: [number, number][] = [];
    for (let size = 1; size <= MOST; size += 1) {
      const { root } = tree(size);
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(index, size, full);
        const isAlike = Buffer.concat(proof).equals(Buffer.concat(other.path(index, 0, size)));
        const proves = provesInclusion(full(0, index), { index, size, root }, proof);
        if (!(isAlike && proves)) wrong.push([index, size]);
      }
    }
    expect(wrong).toEqual([]);
    expect(inclusionProof(0, MOST, full).length).toBeGreaterThan(8);
  });

  it('proves nothing else: no other leaf, place, size or root, no shorter, longer or altered proof', () => {
    const inTree = fc.integer({ min: 2, max: MOST }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));
    fc.assert(
      fc.property(inTree, fc.nat(), ([size, index], seed) => {
        const [{ root }, leaf, proof] = [tree(size), full(0, index), inclusionProof(index, size, full)];
        const place = { index, size, root };
        const another = (index + 1 + (seed % (size - 1))) % size;
        const altered = proof.map((hash, i) => (i === seed % proof.length ? sha256(hash) : hash));
        expect([
          provesInclusion(full(0, another), place, proof),
          provesInclusion(leaf, { ...place, index: another }, proof),
          provesInclusion(leaf, { ...place, index: size }, proof),
          provesInclusion(leaf, { ...place, root: sha256(root) }, proof),
          provesInclusion(leaf, place, proof.slice(1)),
          provesInclusion(leaf, place, [...proof, root]),
          provesInclusion(leaf, place, altered),
        ]).toEqual(Array(7).fill(false));
      }),
    );
  });

  it('is not made of a leaf that is not there', () => {
    for (const index of [-1, 5, 6]) expect(() => inclusionProof(index, 5, full)).toThrow(RangeError);
  });
});

describe('A proof that a tree begins with another', () => {
  it(`is that of another implementation, for every two trees up to ${MOST}, and proves it`, () => {
    const wrong: [number, number][] = [];
    for (let size = 1; size <= MOST; size += 1)
      for (let before = 1; before <= size; before += 1) {
        const [proof, theirs] = [consistencyProof(before, size, full), other.consistency(before, size)];
        const isAlike = Buffer.concat(proof).equals(Buffer.concat(theirs));
        const proves = provesConsistency(tree(before), tree(size), proof);
        if (!(isAlike && proves)) wrong.push([before, size]);
      }
    expect(wrong).toEqual([]);
    expect(consistencyProof(1, MOST, full).length).toBeGreaterThan(8);
  });

  it('is empty for the empty tree, with which every tree begins, and for the same tree', () => {
    for (const size of [0, 1, 7, MOST]) {
      expect([consistencyProof(0, size, full), consistencyProof(size, size, full)]).toEqual([[], []]);
      expect(provesConsistency(tree(0), tree(size), [])).toBe(true);
      expect(provesConsistency({ size: 0, root: tree(1).root }, tree(size), [])).toBe(false);
    }
  });

  it('proves nothing of a tree that was rewritten: another root on either side, a shorter, longer or altered proof', () => {
    const sizes = fc
      .integer({ min: 2, max: MOST })
      .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 1, max: size - 1 })));
    fc.assert(
      fc.property(sizes, fc.nat(), ([size, before], seed) => {
        const [old, now, proof] = [tree(before), tree(size), consistencyProof(before, size, full)];
        const altered = proof.map((hash, i) => (i === seed % proof.length ? sha256(hash) : hash));
        expect([
          provesConsistency({ ...old, root: sha256(old.root) }, now, proof),
          provesConsistency(old, { ...now, root: sha256(now.root) }, proof),
          provesConsistency(now, old, proof),
          provesConsistency(old, now, proof.slice(1)),
          provesConsistency(old, now, [...proof, now.root]),
          provesConsistency(old, now, altered),
        ]).toEqual(Array(6).fill(false));
      }),
    );
  });
});
