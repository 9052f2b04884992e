import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AllowanceTable } from '#core/domain/allowance.js';
import type { Clock } from '#core/domain/clock.js';
import { NATIONAL_CENTRE, type OfficeId, roleOf } from '#core/domain/office.js';
import type { Logger } from '#core/logger.js';
import type { AddressOf, Network } from '#core/network.js';
import type { Node, NodeOptions } from '#core/node.js';
import { addresses, ledgerFile } from '#core/places.js';
import type { Later } from '#core/propagation/courier.js';
import { later } from '#core/propagation/later.js';
import { officeFolder } from '#core/trust/credentials.js';
import { LiveCredentials } from '#core/trust/live-credentials.js';
import type { Signing } from '#core/trust/statements.js';
import { startMunicipality } from '#municipality/municipality.js';
import { startNationalCentre } from '#national/national-centre.js';
import { startPrefecture } from '#prefecture/prefecture.js';
import { ensureCertificates } from '../certificates/ensure-certificates.js';

export interface NetworkOptions {
  network: Network;
  certs: string;
  data: string;
  clock: Clock;
  loggerOf: (office: OfficeId) => Logger;
  /** STATED: the network file's ports. CHOSEN: free ones, so that networks can run side by side. */
  ports: 'STATED' | 'CHOSEN';
  /** Calls something later; after so many milliseconds by default. */
  later?: Later;
  /** Calls the next look into the folders of credentials; after two seconds by default. */
  laterForCredentials?: Later;
  /** This machine's clock, which certificates go by. */
  machineClock?: () => Date;
  /** How long after one consistency check the next one is; without it, none comes by itself. */
  checkEveryMs?: number;
  /** How offices sign what they state, where a measurement wants to know what that costs. */
  signing?: Signing;
  /** How much each caller may ask of an office; by default as `domain/allowance.ts` states it. */
  allowances?: AllowanceTable;
  /** Which offices to start; all of them by default. */
  offices?: OfficeId[];
}

/** A network of offices in one process. */
export interface RunningNetwork extends NetworkOptions {
  addressOf: AddressOf;
  node(office: OfficeId): Node;
  /** Starts an office, or starts one again that was stopped, at the address it had. */
  start(office: OfficeId): Promise<Node>;
  /** Stops one office, as if its machine were switched off. */
  stop(office: OfficeId): Promise<void>;
  stopAll(): Promise<void>;
}

/** Far more often than anything of it has to be renewed, so that a try may fail. */
const RENEW_EVERY_MS = 6 * 3_600_000;

/** Where the cards of the network's residents lie. */
export function pocketsIn(data: string): string {
  return join(data, 'cards');
}

/** Starts offices over ledgers that are there, or empty ones. */
export async function startNetwork(options: NetworkOptions): Promise<RunningNetwork> {
  const nodes = new Map<OfficeId, Node>();
  const ports = new Map<OfficeId, { grpcPort: number; httpPort: number }>();
  const addressOf = (office: OfficeId) => `127.0.0.1:${ports.get(office)?.grpcPort ?? 1}`;
  const start = async (office: OfficeId) => {
    const { grpcPort, httpPort } = options.network.entry(office);
    const stated = options.ports === 'STATED' ? { grpcPort, httpPort } : { grpcPort: 0, httpPort: 0 };
    const listen = { host: '127.0.0.1', ...stated, ...ports.get(office) };
    const node = await startOffice(options, { office, addressOf, listen });
    nodes.set(office, node);
    ports.set(office, { grpcPort: node.grpcPort, httpPort: node.httpPort });
    return node;
  };
  const stop = async (office: OfficeId) => {
    await nodes.get(office)?.stop();
    nodes.delete(office);
  };
  const stopRenewing = keepRenewed(options);
  const stopAll = async () => {
    stopRenewing();
    await Promise.all([...nodes.keys()].map(stop));
  };
  const node = (office: OfficeId) => {
    const found = nodes.get(office);
    if (!found) throw new RangeError(`${office} is not running`);
    return found;
  };
  const offices = options.offices ?? options.network.offices.map((entry) => entry.office);
  const started = await Promise.allSettled(offices.map(start));
  const failed = started.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await stopAll();
    throw failed.reason;
  }
  return { ...options, addressOf, node, start, stop, stopAll };
}

/** Whoever runs a network for weeks has its certificates and lists renewed by it; @returns what ends that. */
function keepRenewed({ network, certs, loggerOf }: NetworkOptions): () => void {
  let takeBack: () => void;
  const wait = () => {
    takeBack = later(renew, RENEW_EVERY_MS);
  };
  const renew = () => {
    try {
      ensureCertificates(network, certs, new Date());
    } catch (error) {
      loggerOf(NATIONAL_CENTRE).warn({ warning: (error as Error).message }, 'certificates not renewed');
    }
    wait();
  };
  wait();
  return () => takeBack();
}

type Placement = Pick<NodeOptions, 'office' | 'addressOf' | 'listen'>;

async function startOffice(options: NetworkOptions, placement: Placement): Promise<Node> {
  const { network, clock, certs, data, loggerOf } = options;
  const { office } = placement;
  const logger = loggerOf(office);
  const common = {
    ...placement,
    network,
    // Ports that the system chooses are known only once an office listens: then its own configuration counts.
    ...(options.ports === 'STATED' && { stateAddress: addresses(network, 'LOOPBACK') }),
    clock,
    randomBytes,
    newId: randomUUID,
    later: options.later ?? later,
    ...(options.checkEveryMs !== undefined && { checkEveryMs: options.checkEveryMs }),
    ...(options.signing && { signing: options.signing }),
    ...(options.allowances && { allowances: options.allowances }),
    logger,
    credentials: new LiveCredentials({
      ...{ office, folder: officeFolder(certs, office), logger, later: options.laterForCredentials ?? later },
      ...(options.machineClock && { now: options.machineClock }),
    }),
    ledgerUrl: ledgerFile(data, office),
  };
  const role = roleOf(office);
  if (role === 'national') return startNationalCentre(common);
  if (role === 'prefecture') return startPrefecture(common);
  return startMunicipality({ ...common, pockets: pocketsIn(data) });
}
