import { constants, createReadStream } from 'node:fs';
import { access, type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ProvisionAnswer } from '#core/domain/provision/inquiry.js';

const NEWLINE = 0x0a;

/** Where the answers of a batch go: under a name of its own until the last is there, so that nobody takes a part for the whole. */
interface Where {
  path: string;
  batchId: string;
}

/**
 * The answers to a file of people: the nth line answers its nth line.
 *
 * What stands behind the answers that are kept is not cut off but written over: where two processes run one batch, they
 * write the same bytes to the same places.
 */
export class AnswersFile {
  private readonly where: Where;
  private readonly file: FileHandle;
  /** Where the next answer goes, in bytes. */
  private end: number;

  private constructor(where: Where, file: FileHandle, end: number) {
    this.where = where;
    this.file = file;
    this.end = end;
  }

  /**
   * Goes on with a file, or begins it.
   *
   * @param kept so many answers stay
   * @throws Error where there are fewer
   */
  static async open(where: Where, kept: number): Promise<AnswersFile> {
    const part = partOf(where);
    const file = await open(part, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      await syncFolder(part);
      return new AnswersFile(where, file, await endOfAnswers(part, kept));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** They are on the disk when it resolves. */
  async append(answers: readonly ProvisionAnswer[]): Promise<void> {
    let rest = Buffer.from(answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''));
    while (rest.length > 0) {
      const { bytesWritten } = await this.file.write(rest, 0, rest.length, this.end);
      this.end += bytesWritten;
      rest = rest.subarray(bytesWritten);
    }
    await this.file.datasync();
  }

  /** There are no more: the file gets its name. */
  async complete(): Promise<void> {
    await this.file.truncate(this.end);
    await this.file.sync();
    await rename(partOf(this.where), this.where.path);
    await syncFolder(this.where.path);
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** Whether the file has got its name. */
export function isWhole({ path }: Where): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function partOf({ path, batchId }: Where): string {
  return `${path}.${batchId}.part`;
}

async function endOfAnswers(part: string, kept: number): Promise<number> {
  let [lines, end] = [0, 0];
  if (kept === 0) return end;
  for await (const chunk of createReadStream(part) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) {
      lines += 1;
      if (lines === kept) return end + at + 1;
    }
    end += chunk.length;
  }
  throw new Error(
    `${part} has ${lines} answers, and ${kept} of this batch have been acknowledged: it is not the file that they went to`,
  );
}

/** A name is on the disk once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
