import { describe, expect, it } from '@jest/globals';
import { consistencyProof, type FullSubtrees, inclusionProof, leafHash, nodeHash, rootHash } from './merkle-tree.js';
import { openTiles, subtreesIn, TILE_WIDTH, type Tile, TileWriter, tilesFor } from './tiles.js';

const MOST = 3 * TILE_WIDTH + 5;
const hashes = Array.from({ length: MOST }, (_, i) => leafHash(`entry ${i}`));

/** Without tiles: from the leaves up. */
const direct: FullSubtrees = (level, index) =>
  level === 0
    ? (hashes[index] ?? Buffer.alloc(0))
    : nodeHash(direct(level - 1, 2 * index), direct(level - 1, 2 * index + 1));

/** Keeps tiles as a ledger does: whatever is written takes the place of what was there. */
class Kept {
  private readonly tiles = new Map<string, Tile>();
  private size = 0;

  append(leaves: readonly Buffer[]): number {
    const writer = new TileWriter(this.named(openTiles(this.size)));
    writer.append(leaves, { size: this.size });
    this.size += leaves.length;
    for (const tile of writer.tiles) this.tiles.set(`${tile.level} ${tile.index}`, tile);
    return writer.tiles.length;
  }

  named(names: readonly { level: number; index: number }[]): Tile[] {
    return names.flatMap(({ level, index }) => this.tiles.get(`${level} ${index}`) ?? []);
  }

  workOut<T>(act: (full: FullSubtrees) => T): T {
    return act(subtreesIn(this.named(tilesFor(act))));
  }
}

describe('Tiles of a log', () => {
  it.each([1, 7, 255, 256, 257])('say what the tree is, whatever came at once: %i entries', (atOnce) => {
    const kept = new Kept();
    for (let from = 0; from < MOST; from += atOnce) {
      kept.append(hashes.slice(from, from + atOnce));
      const size = Math.min(MOST, from + atOnce);
      expect(kept.workOut((full) => rootHash(size, full))).toEqual(rootHash(size, direct));
    }
  });

  it('say what every earlier tree was, and prove it', () => {
    const kept = new Kept();
    kept.append(hashes);
    for (const size of [1, 2, 255, 256, 257, 511, 512, 600, MOST]) {
      expect(kept.workOut((full) => rootHash(size, full))).toEqual(rootHash(size, direct));
      expect(kept.workOut((full) => inclusionProof(size - 1, MOST, full))).toEqual(
        inclusionProof(size - 1, MOST, direct),
      );
      expect(kept.workOut((full) => consistencyProof(size, MOST, full))).toEqual(consistencyProof(size, MOST, direct));
    }
  });

  it('are few: one row for entries that fit into the one that is open, and two more when it is full', () => {
    const kept = new Kept();
    expect(kept.append(hashes.slice(0, 200))).toBe(1);
    expect(kept.append(hashes.slice(200, 255))).toBe(1);
    expect(kept.append(hashes.slice(255, 300))).toBe(3);
  });

  it('know of no entry that is not there', () => {
    const kept = new Kept();
    kept.append(hashes.slice(0, 10));
    expect(() => kept.workOut((full) => rootHash(11, full))).toThrow(RangeError);
    expect(() => new TileWriter([]).append([leafHash('x')], { size: 10 })).toThrow('missing');
  });
});
