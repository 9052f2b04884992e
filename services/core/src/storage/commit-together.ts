import type { Kysely, Transaction } from 'kysely';

interface Waiting<Item> {
  item: Item;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Databases bound how many values one statement can have. */
const MOST_AT_ONCE = 1_000;

/**
 * Items that are handed over in one turn of the event loop, or while a commit is under way, share one transaction.
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
    const group = waiting.splice(0, MOST_AT_ONCE);
    try {
      const items = group.map(({ item }) => item);
      await db.transaction().execute((trx) => write(trx, items));
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    if (waiting.length > 0) setImmediate(commit);
    else isCommitting = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isCommitting) return;
      isCommitting = true;
      setImmediate(commit);
    });
}
