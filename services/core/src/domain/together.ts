import { onceGathered } from './gather.js';

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * What is brought at about the same time is done at once: much costs little more than one that way.
 *
 * @param act comes to a result for each item, in their order
 */
export function together<Item, Result>(
  act: (items: Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];

  async function go(): Promise<void> {
    const group = waiting;
    waiting = [];
    try {
      const results = await act(group.map(({ item }) => item));
      for (const [i, { resolve }] of group.entries()) resolve(results[i] as Result);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1)
        onceGathered(
          () => waiting.length,
          () => void go(),
        );
    });
}
