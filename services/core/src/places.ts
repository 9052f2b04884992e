import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from './config.js';
import { type Clock, RunningClock } from './domain/clock.js';
import { type OfficeId, slugOf } from './domain/office.js';
import type { AddressOf, Network } from './network.js';

/** The ledger of an office, one file in a folder of its own. */
export function ledgerFile(data: string, office: OfficeId): string {
  const folder = join(data, slugOf(office));
  mkdirSync(folder, { recursive: true });
  return `sqlite:${join(folder, 'ledger.sqlite')}`;
}

/** Where the offices' gRPC servers are: at their hosts, or all on this machine. */
export function addresses(network: Network, peers: Config['JUKI_PEERS']): AddressOf {
  return (office) => {
    const { host, grpcPort } = network.entry(office);
    return `${peers === 'HOSTS' ? host : '127.0.0.1'}:${grpcPort}`;
  };
}

/** What the network's clock showed at one moment of this machine's clock. All nodes read the same file. */
export const ClockFile = z.object({ shown: z.iso.datetime(), at: z.iso.datetime() });

/** The network's clock; without a file it starts now, at what the network file says. */
export function readClock(file: string | undefined, network: Network): Clock {
  if (!file) return new RunningClock(network.clockStartsAt);
  const { shown, at } = ClockFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new RunningClock(new Date(shown), new Date(at));
}
