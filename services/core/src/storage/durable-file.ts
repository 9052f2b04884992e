import { close, fdatasync, open } from 'node:fs';
import { promisify } from 'node:util';

const [openFile, sync, closeFile] = [promisify(open), promisify(fdatasync), promisify(close)];

/**
 * Has a file's bytes put on the disk, away from the event loop: what was written before `sync` is called is there once it
 * resolves. Whoever calls while the disk is at work shares the next turn with all who do.
 */
export class DurableFile {
  private readonly path: string;
  private descriptor: Promise<number> | undefined;
  private underWay: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  /** @param path of a file that is there when it is first asked for */
  constructor(path: string) {
    this.path = path;
  }

  /** @throws the system's error, then and ever after: a disk that lost what it was given is not believed again */
  sync(): Promise<void> {
    this.next ??= this.afterThis();
    return this.next;
  }

  async close(): Promise<void> {
    await (this.next ?? this.underWay)?.catch(() => undefined);
    const descriptor = await this.descriptor?.catch(() => undefined);
    if (descriptor !== undefined) await closeFile(descriptor);
  }

  private async afterThis(): Promise<void> {
    await this.underWay;
    this.underWay = this.next;
    this.next = undefined;
    this.descriptor ??= openFile(this.path, 'r');
    await sync(await this.descriptor);
  }
}
