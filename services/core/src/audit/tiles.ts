import { type FullSubtrees, nodeHash } from './merkle-tree.js';

/** A tile has eight levels of the tree: so many hashes in its lowest row, from which the others follow. */
const TILE_HEIGHT = 8;
export const TILE_WIDTH = 2 ** TILE_HEIGHT;
const HASH_BYTES = 32;

/** Which tile: of level 0 the hashes are leaves', of level 1 the roots of full tiles of level 0, and so on. */
export interface TileName {
  level: number;
  index: number;
}

/** A tile, as far as it is filled: its lowest row, 32 bytes a hash. */
export interface Tile extends TileName {
  hashes: Buffer;
}

/** The tiles that say what a log's tree is, as few as can be: two rows of a table for 50,000 entries that are new. */
export class TileWriter {
  private readonly open = new Map<number, Tile>();
  private readonly written = new Map<string, Tile>();

  /** @param open - the tile of each level that is not full, where there is one with anything in it */
  constructor(open: readonly Tile[]) {
    for (const tile of open) this.open.set(tile.level, tile);
  }

  /** Appends hashes to the row of a level; a tile that is full goes on as one hash of the next level. */
  append(hashes: readonly Buffer[], { size, level = 0 }: { size: number; level?: number }): void {
    for (let done = 0; done < hashes.length; ) {
      const [index, filled] = [Math.floor((size + done) / TILE_WIDTH), (size + done) % TILE_WIDTH];
      const before = filled === 0 ? Buffer.alloc(0) : this.tileOf(level, index).hashes;
      const fitting = hashes.slice(done, done + TILE_WIDTH - filled);
      done += fitting.length;
      const tile = { level, index, hashes: Buffer.concat([before, ...fitting]) };
      this.open.set(level, tile);
      this.written.set(`${level} ${index}`, tile);
      if (filled + fitting.length === TILE_WIDTH) this.append([rootOf(tile.hashes)], { size: index, level: level + 1 });
    }
  }

  /** What is to be kept. */
  get tiles(): Tile[] {
    return [...this.written.values()];
  }

  private tileOf(level: number, index: number): Tile {
    const tile = this.open.get(level);
    if (tile?.index !== index) throw new Error('the tile that is not full is missing');
    return tile;
  }
}

/** The tiles that are not full in a tree of so many leaves. */
export function openTiles(size: number): TileName[] {
  const names: TileName[] = [];
  for (let [level, nodes] = [0, size]; nodes > 0; level += 1, nodes = Math.floor(nodes / TILE_WIDTH))
    if (nodes % TILE_WIDTH !== 0) names.push({ level, index: Math.floor(nodes / TILE_WIDTH) });
  return names;
}

/** The tile that a full subtree follows from. */
function tileUnder(level: number, index: number): TileName {
  const [tileLevel, above] = [Math.floor(level / TILE_HEIGHT), level % TILE_HEIGHT];
  return { level: tileLevel, index: Math.floor((index * 2 ** above) / TILE_WIDTH) };
}

/** @returns the hashes of full subtrees, out of tiles that are there */
export function subtreesIn(tiles: readonly Tile[]): FullSubtrees {
  const byName = new Map(tiles.map((tile) => [`${tile.level} ${tile.index}`, tile.hashes]));
  return (level, index) => {
    const name = tileUnder(level, index);
    const [leaves, first] = [2 ** (level % TILE_HEIGHT), index * 2 ** (level % TILE_HEIGHT)];
    const at = (first % TILE_WIDTH) * HASH_BYTES;
    const row = byName.get(`${name.level} ${name.index}`)?.subarray(at, at + leaves * HASH_BYTES);
    if (row?.length !== leaves * HASH_BYTES) throw new RangeError('the log has not that many entries');
    return rootOf(row);
  };
}

/** The tiles that something about the tree is worked out from. */
export function tilesFor(workOut: (full: FullSubtrees) => unknown): TileName[] {
  const names = new Map<string, TileName>();
  workOut((level, index) => {
    const name = tileUnder(level, index);
    names.set(`${name.level} ${name.index}`, name);
    return Buffer.alloc(HASH_BYTES);
  });
  return [...names.values()];
}

/** Of a full subtree, from its lowest row. */
function rootOf(row: Buffer): Buffer {
  let hashes: Buffer[] = Array.from({ length: row.length / HASH_BYTES }, (_, i) =>
    Buffer.from(row.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
  );
  while (hashes.length > 1)
    hashes = Array.from({ length: hashes.length / 2 }, (_, i) =>
      nodeHash(hashes[2 * i] ?? Buffer.alloc(0), hashes[2 * i + 1] ?? Buffer.alloc(0)),
    );
  return hashes[0] ?? Buffer.alloc(0);
}
