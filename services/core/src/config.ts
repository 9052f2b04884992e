import { z } from 'zod';
import { isOfficeId } from './domain/office.js';

const Environment = z.object({
  /** Which office this process is: municipality/131059, prefecture/130001, national. */
  JUKI_OFFICE: z.string().refine(isOfficeId, 'not an office'),
  /** The network file. */
  JUKI_NETWORK: z.string().default('scripts/network.json'),
  /** The folder with this office's credentials. */
  JUKI_CERTS: z.string().default('certs'),
  /** The folder for this office's ledger file. */
  JUKI_DATA: z.string().default('data'),
  /** Instead of a ledger file: postgres://… */
  JUKI_DATABASE_URL: z.string().optional(),
  /** ALL: everything that the office does. AGENCIES: only what agencies ask, beside another process over the same database. */
  JUKI_DUTIES: z.enum(['ALL', 'AGENCIES']).default('ALL'),
  /** Instead of the network file's port: processes of one office on one machine have one each. */
  JUKI_GRPC_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  JUKI_HTTP_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Where to listen. */
  JUKI_LISTEN: z.string().default('127.0.0.1'),
  /** HOSTS: peers are at the network file's host names. LOOPBACK: all are on this machine. */
  JUKI_PEERS: z.enum(['HOSTS', 'LOOPBACK']).default('LOOPBACK'),
  /** DIRECTORY: peers are where the directory says, and where JUKI_PEERS does for what it does not say. OWN: where JUKI_PEERS does. */
  JUKI_ADDRESSES: z.enum(['DIRECTORY', 'OWN']).default('DIRECTORY'),
  /** The cards that people carry: the chips that a card reader can find. */
  JUKI_CARDS: z.string().default('data/cards'),
  /** How often a municipality holds its ledger against those above by itself, in minutes; 0: never. */
  JUKI_CHECK_EVERY: z.coerce.number().nonnegative().max(10_080).default(60),
  JUKI_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** A file that says what the network's clock showed at one moment; without it, the network file's start is now. */
  JUKI_CLOCK_FILE: z.string().optional(),
});

export type Config = z.infer<typeof Environment>;

/** @throws Error that names each variable at fault. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const { data, error } = Environment.safeParse(environment);
  if (error) throw new Error(`environment:\n${z.prettifyError(error)}`);
  return data;
}
