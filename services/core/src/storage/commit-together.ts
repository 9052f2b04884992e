import type { Kysely, Transaction } from 'kysely';
import { onceGathered } from '../domain/gather.js';

interface Waiting<Item> {
  item: Item;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Databases bound how many values one statement can have. */
const MOST_AT_ONCE = 1_000;
/** A commit is worth it for so few, and more than so many are a flood that nobody waits for in turns. */
const [FEW, MANY] = [32, 128];

/**
 * Items that are handed over at about the same time, or while a commit is under way, share one transaction.
 * A durable commit costs about the same for one row as for a hundred; each caller still waits until its own is kept.
 *
 * @returns a function that resolves when its item is committed, and rejects when its group was rolled back.
 */
export function commitTogether<Tables, Item>(
  db: Kysely<Tables>,
  write: (trx: Transaction<Tables>, items: Item[]) => Promise<void>,
): (item: Item) => Promise<void> {
  const waiting: Waiting<Item>[] = [];
  let isCommitting = false;

  async function commit(): Promise<void> {
    const group = waiting.splice(0, groupOf(waiting.length));
    try {
      const items = group.map(({ item }) => item);
      await db.transaction().execute((trx) => write(trx, items));
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    // Those that are kept are answered before the next are written.
    if (waiting.length > 0) setImmediate(begin);
    else isCommitting = false;
  }

  function begin(): void {
    onceGathered(
      () => waiting.length,
      () => void commit(),
    );
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isCommitting) return;
      isCommitting = true;
      begin();
    });
}

/**
 * Not all who wait: while some are written, those of before are on their way, and bring the next. Where everybody went at
 * once, whoever asks and whoever answers would wait for each other in turns.
 */
function groupOf(waiting: number): number {
  return waiting > MANY ? Math.min(MOST_AT_ONCE, waiting) : Math.max(FEW, Math.ceil(waiting / 2));
}
