import { randomUUID } from 'node:crypto';
import closeWithGrace from 'close-with-grace';
import { readConfig } from './config.js';
import { type Role, roleOf } from './domain/office.js';
import { drawnAhead } from './drawn-ahead.js';
import { createLogger, faultOf, type Logger } from './logger.js';
import { Network } from './network.js';
import type { Node, NodeOptions } from './node.js';
import { addresses, ledgerFile, readClock } from './places.js';
import { later } from './propagation/later.js';
import { officeFolder } from './trust/credentials.js';
import { LiveCredentials } from './trust/live-credentials.js';

/** What an office of this role is started with, beside what every node has. */
interface OfficePlaces {
  ledgerUrl: string;
  pockets: string;
}

/** What runs until it is told to stop, and where it listens; without HTTP, where it is for agencies alone. */
interface Running extends Pick<Node, 'grpcPort' | 'stop'> {
  httpPort?: number;
}

type Start = (options: NodeOptions, places: OfficePlaces) => Promise<Running>;

/**
 * Runs one office in this process, as the environment states it, until the process is told to stop. Where it can not
 * start, it says why in one line, and ends with exit code 1.
 */
export async function runNode(role: Role, start: Start, startAgencyDesk?: Start): Promise<void> {
  try {
    const { node, logger } = await startAsStated(role, start, startAgencyDesk);
    closeWithGrace({ delay: 5_000, logger: false }, async ({ err }) => {
      if (err) logger.fatal({ fault: faultOf(err) }, 'stopping');
      await node.stop();
    });
  } catch (error) {
    console.error(`${process.env['JUKI_OFFICE'] ?? role} can not start: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

async function startAsStated(
  role: Role,
  start: Start,
  startAgencyDesk: Start | undefined,
): Promise<{ node: Running; logger: Logger }> {
  const config = readConfig(process.env);
  const office = config.JUKI_OFFICE;
  if (roleOf(office) !== role) throw new Error(`JUKI_OFFICE is not a ${role}`);
  const network = Network.load(config.JUKI_NETWORK);
  const { grpcPort, httpPort } = network.entry(office);
  const isDesk = config.JUKI_DUTIES === 'AGENCIES';
  const begin = isDesk ? startAgencyDesk : start;
  if (!begin) throw new Error(`JUKI_DUTIES: a ${role} has no desk for agencies`);
  if (isDesk && !config.JUKI_DATABASE_URL)
    throw new Error('JUKI_DUTIES: a desk for agencies shares a database, and needs JUKI_DATABASE_URL');
  const logger = createLogger(office, config.JUKI_LOG_LEVEL);
  const node = await begin(
    {
      office,
      network,
      addressOf: addresses(network, config.JUKI_PEERS),
      stateAddress: addresses(network, config.JUKI_PEERS),
      ownAddresses: config.JUKI_ADDRESSES === 'OWN',
      credentials: new LiveCredentials({ office, folder: officeFolder(config.JUKI_CERTS, office), logger, later }),
      clock: readClock(config.JUKI_CLOCK_FILE, network),
      randomBytes: drawnAhead(),
      newId: randomUUID,
      later,
      ...(config.JUKI_CHECK_EVERY > 0 && { checkEveryMs: config.JUKI_CHECK_EVERY * 60_000 }),
      logger,
      listen: {
        host: config.JUKI_LISTEN,
        grpcPort: config.JUKI_GRPC_PORT ?? grpcPort,
        httpPort: config.JUKI_HTTP_PORT ?? httpPort,
      },
    },
    { ledgerUrl: config.JUKI_DATABASE_URL ?? ledgerFile(config.JUKI_DATA, office), pockets: config.JUKI_CARDS },
  );
  logger.info({ grpcPort: node.grpcPort, httpPort: node.httpPort }, 'serving');
  return { node, logger };
}
