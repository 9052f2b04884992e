import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

const NOTE = '.container';

/** Removes the containers that files of a run have shared: each is noted in the folder of the run. */
export default function removeContainers(): void {
  const noted = readdirSync(tmpdir()).filter((name) => name.endsWith(NOTE));
  const ids = noted.map((name) => name.slice(0, -NOTE.length));
  if (ids.length > 0) spawnSync('docker', ['rm', '--force', '--volumes', ...ids]);
}
