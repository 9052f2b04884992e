import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { Command } from 'commander';
import { measureContainers } from './containers.js';
import { measureIssuance } from './issuance.js';
import { measureRegister } from './register.js';
import { measureStart } from './start.js';

const { containers } = new Command('npm run bench --')
  .description('what README claims of speed and size, measured here and now')
  .option('--containers', 'also bring the network up with Docker Compose and add up its memory', false)
  .parse()
  .opts<{ containers: boolean }>();

const folder = mkdtempSync(join(tmpdir(), 'juki-bench-'));
try {
  const figures = [
    ...(await measureStart(folder)),
    ...(await measureIssuance(folder)),
    ...(await measureRegister(folder)),
    ...(containers ? await measureContainers() : []),
  ];
  const table = new Table({
    head: ['figure', 'measured', 'against, in the same run', 'ratio'],
    style: { head: [], border: [] },
  });
  table.push(...figures.map(({ what, measured, against, ratio }) => [what, measured, against, ratio]));
  console.log(table.toString());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
