import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bareNodeMegabytes, bareNodeSeconds } from './bare-node.js';
import { type Figure, median } from './figure.js';

const RUNS = 3;
/** What a clean clone does not have. */
const BUILT = [
  ...['core', 'municipality', 'prefecture', 'national'].map((name) => `services/${name}/dist`),
  'scripts/dist',
];

/** How long `npm start` takes until the offices are up, with and without certificates to make, and how big it is. */
export async function measureStart(folder: string): Promise<Figure[]> {
  const bare = median(Array.from({ length: RUNS }, bareNodeSeconds));
  const [cold, warm]: Started[][] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    for (const made of [join(folder, 'certs'), ...BUILT]) rmSync(made, { recursive: true, force: true });
    cold?.push(await start(folder));
    warm?.push(await start(folder));
  }
  const time = (name: string, what: string, runs: Started[] = []): Figure => ({
    ...{ name, what, measured: median(runs.map(({ seconds }) => seconds)), unit: 's' },
    against: { value: bare, what: 'node starts and ends' },
  });
  const megabytes = median([...(cold ?? []), ...(warm ?? [])].map((run) => run.megabytes));
  return [
    time('start_cold_seconds', 'npm start until 10 offices are up: to compile, certificates to make', cold),
    time('start_warm_seconds', 'npm start until 10 offices are up: compiled, certificates there', warm),
    {
      name: 'start_memory_mb',
      what: 'memory of that process, resident',
      ...{ measured: megabytes, unit: 'MB', against: { value: bareNodeMegabytes(), what: 'node alone' } },
    },
  ];
}

interface Started {
  seconds: number;
  megabytes: number;
}

/** Runs the README's command to its end; resolves with what the line about the offices told, and when it came. */
function start(folder: string): Promise<Started> {
  const startedAt = performance.now();
  const places = ['--certs', join(folder, 'certs'), '--data', join(folder, 'data')];
  const npm = spawn('npm', ['start', '--silent', '--', '--once', ...places], { stdio: ['ignore', 'pipe', 'inherit'] });
  let seen: Started | undefined;
  npm.stdout.on('data', (chunk: Buffer) => {
    const [, megabytes] = /offices are up: .* (\d+) MB/.exec(chunk.toString()) ?? [];
    if (megabytes) seen ??= { seconds: (performance.now() - startedAt) / 1000, megabytes: Number(megabytes) };
  });
  return new Promise((resolve, reject) =>
    npm.on('close', (code, signal) =>
      seen && code === 0 ? resolve(seen) : reject(new Error(`npm start ended with ${code ?? signal}`)),
    ),
  );
}
