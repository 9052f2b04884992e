import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { pieceDigest } from '#core/domain/provision/piece.js';
import { residentRecordCodeOf } from '#core/domain/resident-record-code.js';
import { openPeopleFile, type PeopleFile } from './people-file.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-people-'));
  path = join(folder, 'people.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Names in characters of one to four bytes, so that lines end anywhere in what is read at once. */
function people(count: number): PersonAskedFor[] {
  const names = ['a', 'ü', '文京', '𠮷田 𠮷'];
  return Array.from({ length: count }, (_, i) => ({
    ...{ residentRecordCode: aCode(i), known: { name: `${names[i % 4]}${'あ'.repeat(i % 61)}` } },
  }));
}

function aCode(nth: number): string {
  for (let body = nth * 100; ; body++) {
    const code = residentRecordCodeOf(String(body).padStart(10, '0'));
    if (code) return code;
  }
}

function write(all: PersonAskedFor[], { end = '\n', last = end }: { end?: string; last?: string } = {}): void {
  writeFileSync(path, all.map((person) => JSON.stringify(person)).join(end) + last);
}

async function from(file: PeopleFile, number: number): Promise<PersonAskedFor[][]> {
  const pieces: PersonAskedFor[][] = [];
  for await (const piece of file.piecesFrom(number)) pieces.push(piece);
  return pieces;
}

describe('A file of people', () => {
  it.each([
    ['fewer than a piece', 3],
    ['one piece', 1_000],
    ['one more', 1_001],
    ['some pieces', 4_321],
  ])('is read piece by piece, from any of them on: %s', async (_what, count) => {
    const all = people(count);
    write(all);
    const file = await openPeopleFile(path);
    const pieces = Array.from({ length: Math.ceil(count / 1_000) }, (_, i) => all.slice(i * 1_000, (i + 1) * 1_000));
    expect(file.people).toBe(count);
    expect(file.digests).toEqual(pieces.map(pieceDigest));
    for (let number = 0; number <= pieces.length; number++)
      expect(await from(file, number)).toEqual(pieces.slice(number));
  });

  it('may lack its last end of line, and end its lines in two characters', async () => {
    const all = people(1_500);
    write(all, { end: '\r\n', last: '' });
    const file = await openPeopleFile(path);
    expect((await from(file, 0)).flat()).toEqual(all);
    expect(await from(file, 1)).toEqual([all.slice(1_000)]);
  });

  it.each([0, 999, 1_000, 2_345])(
    'is refused with the number of a bad line, and not what is in it: after %i',
    async (before) => {
      write(people(before));
      writeFileSync(path, '{"residentRecordCode":"青木"}\n', { flag: 'a' });
      await expect(openPeopleFile(path)).rejects.toThrow(new RegExp(`^line ${before + 1} [^青木]*$`));
    },
  );

  it('is refused with an empty line in it: each line is somebody', async () => {
    write(people(2));
    writeFileSync(path, '\n', { flag: 'a' });
    await expect(openPeopleFile(path)).rejects.toThrow('line 3 is no JSON');
  });

  it('is refused with a line that does not end, before all of it is in memory', async () => {
    writeFileSync(path, Buffer.alloc(50_000_000, 0x20));
    const before = process.memoryUsage.rss();
    await expect(openPeopleFile(path)).rejects.toThrow('line 1 is longer than any that asks for somebody');
    expect(process.memoryUsage.rss() - before).toBeLessThan(20_000_000);
  });

  it('is nobody where it is empty, and told where it is not there', async () => {
    writeFileSync(path, '');
    expect(await openPeopleFile(path)).toMatchObject({ people: 0, digests: [] });
    await expect(openPeopleFile(join(folder, 'another'))).rejects.toThrow('ENOENT');
  });
});
