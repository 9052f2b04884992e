import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux keeps this folder in memory. */
const IN_MEMORY = '/dev/shm';
/** A run needs a part of it; a container often has no more than 64 MB there. */
const ROOM_BYTES = 2 ** 30;

/**
 * Gives a run of the tests one folder for whatever they write, and removes it with all that they left. In memory where
 * there is room: a ledger waits for its disk at every commit, and thousands of commits wait for minutes. Whoever names
 * another place in TMPDIR has it there.
 */
export default function makeTemporaryFolder(): void {
  const place = process.env['TMPDIR'] === undefined && hasRoom(IN_MEMORY) ? IN_MEMORY : tmpdir();
  const folder = mkdtempSync(join(place, 'juki-test-'));
  // Workers are started later, and inherit it.
  process.env['TMPDIR'] = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

function hasRoom(place: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(place);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false; // Another system, without such a folder.
  }
}
