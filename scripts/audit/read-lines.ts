import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

const CHUNK_BYTES = 65_536;
/** No line of an export comes near; whoever leaves out line ends does not fill the memory. */
const LONGEST_BYTES = 16 * 1024 * 1024;
const LINE_END = 0x0a;

/** A file of an export that is not as its format says. Nothing of what it holds is in the message. */
export class MalformedExport extends Error {
  readonly folder: string;
  readonly file: string;
  /** From 1; undefined where no line is at fault. */
  readonly line: number | undefined;
  readonly fault: string;

  constructor(folder: string, at: { file: string; line?: number }, fault: string) {
    super(`${join(folder, at.file)}${at.line === undefined ? '' : ` line ${at.line}`} ${fault}`);
    this.folder = folder;
    this.file = at.file;
    this.line = at.line;
    this.fault = fault;
  }
}

/**
 * The lines of a file without their ends, one after another.
 *
 * @throws MalformedExport where there is no such file, a line is too long, or the last one has no end
 */
export function* linesIn(folder: string, file: string): Generator<Buffer> {
  const descriptor = opened(folder, file);
  try {
    yield* linesOf(descriptor, folder, file);
  } finally {
    closeSync(descriptor);
  }
}

function* linesOf(descriptor: number, folder: string, file: string): Generator<Buffer> {
  let [rest, line] = [Buffer.alloc(0), 0];
  for (;;) {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const length = readSync(descriptor, chunk);
    if (length === 0) break;
    const text = Buffer.concat([rest, chunk.subarray(0, length)]);
    let from = 0;
    for (let end = text.indexOf(LINE_END); end >= 0; end = text.indexOf(LINE_END, from)) {
      line += 1;
      yield text.subarray(from, end);
      from = end + 1;
    }
    rest = text.subarray(from);
    if (rest.length > LONGEST_BYTES) throw new MalformedExport(folder, { file, line: line + 1 }, 'is too long');
  }
  if (rest.length > 0) throw new MalformedExport(folder, { file, line: line + 1 }, 'is torn: it has no end');
}

function opened(folder: string, file: string): number {
  try {
    return openSync(join(folder, file), 'r');
  } catch {
    throw new MalformedExport(folder, { file }, 'can not be read');
  }
}
