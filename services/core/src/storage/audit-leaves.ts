import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Leaf } from '../audit/entry.js';
import type { CoreTables } from './tables.js';

const LEAVES_AT_ONCE = 1_000;

/** A leaf, and where it is in the log. */
export interface PlacedLeaf {
  position: number;
  leaf: Leaf;
}

/** Which leaves are wanted. */
interface Span {
  since: Date;
  /** The first moment after it. */
  until: Date;
  /** How many entries of the log count at all. */
  size: number;
}

/**
 * The leaves of a time, in the order of their positions, read page by page: however long a log is, a page is all that is
 * held of it. All of it is read, since a clock that was set back leaves times out of order.
 */
export async function* leavesBetween(
  db: Kysely<CoreTables>,
  { since, until, size }: Span,
  atOnce = LEAVES_AT_ONCE,
): AsyncGenerator<PlacedLeaf> {
  let next = 0;
  while (next < size) {
    const page = await db
      .selectFrom('audit_entry')
      .select(['position', 'leaf'])
      .where('position', '>=', next)
      .where('position', '<', size)
      .orderBy('position')
      .limit(atOnce)
      .execute();
    for (const row of page) {
      const leaf = JSON.parse(row.leaf) as Leaf;
      const at = new Date(leaf.at);
      if (since <= at && at < until) yield { position: Number(row.position), leaf };
    }
    const last = page.at(-1);
    if (!last) return;
    next = Number(last.position) + 1;
    // SQLite answers at once: without this, nobody else would be answered until the last page is read.
    await setImmediate();
  }
}
