import type { Kysely } from 'kysely';
import { type FullSubtrees, leafHash } from '../audit/merkle-tree.js';
import { openTiles, subtreesIn, type Tile, type TileName, TileWriter, tilesFor } from '../audit/tiles.js';
import { insertion, statement } from './compiled.js';
import type { CoreTables } from './tables.js';

const putTiles = insertion<CoreTables['audit_tile']>('audit_tile', ['level', 'tile', 'hashes'], (insert) =>
  insert.onConflict((conflict) =>
    conflict.columns(['level', 'tile']).doUpdateSet((row) => ({ hashes: row.ref('excluded.hashes') })),
  ),
);
const tilesNamed = statement<CoreTables['audit_tile']>((db, count) =>
  db
    .selectFrom('audit_tile')
    .selectAll()
    .where((row) => row.or(Array.from({ length: count }, () => row.and({ level: 0, tile: 0 })))),
);

/**
 * Appends leaves to the tree, in their order. In the transaction of the entries that they are of, and by nobody else at
 * that time.
 *
 * @param first - the position of the first of them: how many there are before it
 */
export async function appendLeaves(db: Kysely<CoreTables>, first: number, leaves: readonly string[]): Promise<void> {
  if (leaves.length === 0) return;
  const writer = new TileWriter(await readTiles(db, openTiles(first)));
  writer.append(
    leaves.map((leaf) => leafHash(leaf)),
    { size: first },
  );
  const rows = writer.tiles.map(({ level, index, hashes }) => ({
    ...{ level, tile: index, hashes: hashes.toString('base64') },
  }));
  await putTiles(db, rows);
}

/** Works something out of the tree of a log: its root, or a proof. */
export async function fromTree<T>(db: Kysely<CoreTables>, workOut: (full: FullSubtrees) => T): Promise<T> {
  return workOut(subtreesIn(await readTiles(db, tilesFor(workOut))));
}

/** Those of them that there are. */
async function readTiles(db: Kysely<CoreTables>, names: readonly TileName[]): Promise<Tile[]> {
  if (names.length === 0) return [];
  const rows = await tilesNamed(
    db,
    names.flatMap(({ level, index }) => [level, index]),
    names.length,
  );
  return rows.map(({ level, tile, hashes }) => ({
    ...{ level: Number(level), index: Number(tile), hashes: Buffer.from(hashes, 'base64') },
  }));
}
