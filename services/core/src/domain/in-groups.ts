/** Items in their order, so many at a time: for whatever has a bound, a question or a statement. */
export function inGroups<Item>(items: Item[], size: number): Item[][] {
  const groups = Math.ceil(items.length / size);
  return Array.from({ length: groups }, (_, i) => items.slice(i * size, (i + 1) * size));
}
