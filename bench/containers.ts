import { execFileSync } from 'node:child_process';
import type { Figure } from './figure.js';

const COMPOSE = ['compose', '--project-name', 'juki-net-bench'];

/** All containers of the network together, once they are healthy. */
export async function measureContainers(): Promise<Figure[]> {
  try {
    docker(...COMPOSE, 'up', '--build', '--wait', '--quiet-pull');
    const ids = docker(...COMPOSE, 'ps', '--quiet')
      .trim()
      .split('\n');
    const used = docker('stats', '--no-stream', '--format', '{{.MemUsage}}', ...ids)
      .trim()
      .split('\n');
    const megabytes = used.map(megabytesOf);
    const total = megabytes.reduce((sum, each) => sum + each, 0);
    const largest = Math.max(...megabytes);
    return [
      {
        name: 'containers_memory_mb',
        what: `memory of all ${ids.length} containers together`,
        ...{ measured: total, unit: 'MB', against: { value: largest, what: 'the largest of them' } },
      },
    ];
  } finally {
    docker(...COMPOSE, 'down', '--volumes');
  }
}

/** `53.6MiB / 192MiB` */
function megabytesOf(usage: string): number {
  const [, amount = '0', unit = 'M'] = /^([0-9.]+)([KMG])iB/.exec(usage) ?? [];
  return (Number(amount) * { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }[unit as 'K' | 'M' | 'G']) / 1e6;
}

function docker(...words: string[]): string {
  return execFileSync('docker', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
