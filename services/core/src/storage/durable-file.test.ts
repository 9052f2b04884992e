import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DurableFile } from './durable-file.js';

describe('A file whose bytes are put on the disk', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'durable-file-'));
    path = join(folder, 'log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is asked for once by all who come before the disk is at work, and once more by all who come while it is', async () => {
    writeFileSync(path, 'bytes');
    const file = new DurableFile(path);
    const first = [file.sync(), file.sync()];
    expect(first[1]).toBe(first[0]);
    // The disk is at work by now.
    await Promise.resolve();
    const then = [file.sync(), file.sync()];
    expect(then[0]).not.toBe(first[0]);
    expect(then[1]).toBe(then[0]);
    const order: string[] = [];
    await Promise.all([
      ...then.map((one) => one.then(() => order.push('then'))),
      ...first.map((one) => one.then(() => order.push('first'))),
    ]);
    expect(order).toEqual(['first', 'first', 'then', 'then']);
    await file.close();
  });

  it('is not believed again once it has failed', async () => {
    const file = new DurableFile(path);
    await expect(file.sync()).rejects.toThrow('ENOENT');
    writeFileSync(path, 'bytes');
    await expect(file.sync()).rejects.toThrow('ENOENT');
    await expect(file.sync()).rejects.toThrow('ENOENT');
    await file.close();
  });

  it('is closed when the disk is done with it', async () => {
    writeFileSync(path, 'bytes');
    const file = new DurableFile(path);
    const synced = file.sync();
    await file.close();
    await synced;
    await new DurableFile(path).close();
  });
});
