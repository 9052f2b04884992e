import { spawnSync } from 'node:child_process';

/** How long Node takes to start and end by itself, in seconds. */
export function bareNodeSeconds(): number {
  const startedAt = performance.now();
  spawnSync(process.execPath, ['--eval', '0']);
  return (performance.now() - startedAt) / 1000;
}

/** What Node takes of memory by itself, resident, in megabytes. */
export function bareNodeMegabytes(): number {
  const { stdout } = spawnSync(process.execPath, ['--eval', 'console.log(process.memoryUsage().rss)']);
  return Math.round(Number(stdout.toString()) / 1e6);
}
