/** The records of a text as RFC 4180 has it: quoted cells may hold commas, quotes and lines of their own. */
export function recordsIn(csv: string): string[][] {
  const records: string[][] = [[]];
  const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  while (cells.lastIndex < csv.length) {
    const found = cells.exec(csv);
    if (!found) throw new RangeError('not RFC 4180');
    const [, cell = '', end] = found;
    const value = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    records.at(-1)?.push(value);
    if (end === '\r\n' && cells.lastIndex < csv.length) records.push([]);
  }
  return records;
}
