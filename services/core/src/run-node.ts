import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { z } from 'zod';
import { type Config, readConfig } from './config.js';
import { type Clock, RunningClock } from './domain/clock.js';
import { type OfficeId, type Role, roleOf, slugOf } from './domain/office.js';
import { createLogger } from './logger.js';
import { type AddressOf, Network } from './network.js';
import type { Node, NodeOptions } from './node.js';
import { loadCredentials, officeFolder } from './trust/credentials.js';

/** Where this process keeps what is not part of every node. */
interface Places {
  ledgerUrl: string;
  pockets: string;
}

/** Runs one office in this process, as the environment states it, until the process is told to stop. */
export async function runNode(
  role: Role,
  start: (options: NodeOptions, places: Places) => Promise<Node>,
): Promise<void> {
  const config = readConfig(process.env);
  const office = config.JUKI_OFFICE;
  if (roleOf(office) !== role) throw new Error(`JUKI_OFFICE: ${office} is not a ${role}`);
  const network = Network.load(config.JUKI_NETWORK);
  const { grpcPort, httpPort } = network.entry(office);
  const logger = createLogger(office, config.JUKI_LOG_LEVEL);
  const node = await start(
    {
      office,
      network,
      addressOf: addresses(network, config.JUKI_PEERS),
      credentials: loadCredentials(officeFolder(config.JUKI_CERTS, office)),
      clock: clockOf(config, network),
      randomBytes,
      newId: randomUUID,
      logger,
      listen: { host: config.JUKI_LISTEN, grpcPort, httpPort },
    },
    { ledgerUrl: config.JUKI_DATABASE_URL ?? ledgerFile(config.JUKI_DATA, office), pockets: config.JUKI_CARDS },
  );
  logger.info({ grpcPort: node.grpcPort, httpPort: node.httpPort }, 'serving');
  closeWithGrace({ delay: 5_000, logger: false }, () => node.stop());
}

/** The ledger of an office, one file. */
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

/** What the network's clock showed at one moment of this machine's clock; all nodes read the same. */
export const ClockFile = z.object({ shown: z.iso.datetime(), at: z.iso.datetime() });

function clockOf({ JUKI_CLOCK_FILE: file }: Config, network: Network): Clock {
  if (!file) return new RunningClock(network.clockStartsAt);
  const { shown, at } = ClockFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new RunningClock(new Date(shown), new Date(at));
}
