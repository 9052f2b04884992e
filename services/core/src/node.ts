import type { Kysely } from 'kysely';
import { AuditLog } from './audit/audit-log.js';
import { checkPolicy } from './domain/access-policy.js';
import type { Clock } from './domain/clock.js';
import { type OfficeId, roleOf } from './domain/office.js';
import { HttpServer, type Routes } from './http/http-server.js';
import type { Logger } from './logger.js';
import { Metrics } from './metrics.js';
import type { AddressOf, Network } from './network.js';
import { deliverChanges } from './peers/deliver-changes.js';
import { Peers } from './peers/peers.js';
import { reportDiscrepancies } from './peers/report-discrepancies.js';
import type { Later } from './propagation/courier.js';
import { Dispatch } from './propagation/dispatch.js';
import { syncStanding } from './propagation/sync-standing.js';
import { RpcServer } from './rpc/rpc-server.js';
import type { RpcService } from './rpc/rpc-service.js';
import { driftEver } from './storage/consistency-checks.js';
import type { CoreTables } from './storage/tables.js';
import type { LiveCredentials } from './trust/live-credentials.js';

const REQUESTS_PER_SECOND = 500;

/** What a node is given; nothing in it is global, so that any number of nodes fit in one process. */
export interface NodeOptions {
  office: OfficeId;
  network: Network;
  /** Where the other offices' gRPC servers are. */
  addressOf: AddressOf;
  /** Its own, which may change while it runs. */
  credentials: LiveCredentials;
  clock: Clock;
  randomBytes: (size: number) => Buffer;
  newId: () => string;
  logger: Logger;
  listen: { host: string; grpcPort: number; httpPort: number };
  /** Calls something later, for what is tried again. */
  later: Later;
  /** How long after one consistency check the next one is; without it, none comes by itself. */
  checkEveryMs?: number;
  /** How many HTTP requests a second one caller may make. */
  requestsPerSecond?: number;
}

/** What every office has before its role adds to it. */
export interface Office<Tables extends CoreTables> extends NodeOptions {
  ledger: Kysely<Tables>;
  audit: AuditLog;
  peers: Peers;
  /** What leaves this office by itself. */
  dispatch: Dispatch;
  /** From 0 to 1. */
  random: () => number;
}

/** What a role adds: services for other offices and operators' tools, routes for people. */
export interface Services {
  rpc: RpcService[];
  routes: Routes;
  /** Resolves once what it does beside its answers has come to rest. */
  settled?: () => Promise<void>;
  /** Begins what comes by itself, once the office answers; and ends it before it stops to. */
  begin?: () => void;
  end?: () => Promise<void>;
}

/** An office at run time. */
export interface Node {
  office: OfficeId;
  grpcPort: number;
  httpPort: number;
  audit: AuditLog;
  peers: Peers;
  credentials: LiveCredentials;
  /** Resolves once nothing is under way beside answers. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts an office over its open ledger: its log, its connections, its two servers.
 *
 * @throws Error where what it serves and the access policy differ, or a port is taken. The ledger is closed then.
 */
export async function startNode<Tables extends CoreTables>(
  options: NodeOptions,
  ledger: Kysely<Tables>,
  servicesOf: (office: Office<Tables>) => Services,
): Promise<Node> {
  try {
    const coreLedger = ledger as unknown as Kysely<CoreTables>;
    const audit = new AuditLog(coreLedger, options.clock, options.randomBytes);
    const { credentials } = options;
    const peers = new Peers(credentials.current, options.addressOf);
    credentials.onChange((next) => peers.renew(next, options.later));
    const asker = { ...options, peers, audit };
    const random = () => options.randomBytes(4).readUInt32BE() / 2 ** 32;
    const dispatch = new Dispatch({
      ...{ ...options, ledger: coreLedger, random },
      deliver: deliverChanges(asker),
      report: reportDiscrepancies(asker),
    });
    const office = { ...options, ledger, audit, peers, dispatch, random };
    const services = servicesOf(office);
    const metrics = new Metrics(options.clock, {
      standing: () => syncStanding({ ...options, ledger: coreLedger }),
      driftEver: () => driftEver(coreLedger),
    });
    const servers = await serve({ ...office, metrics }, services);
    const settled = async () => {
      await services.settled?.();
      await dispatch.settled();
    };
    credentials.begin();
    dispatch.wake();
    services.begin?.();
    const stop = async () => {
      credentials.end();
      await services.end?.();
      await servers.stop();
      await services.settled?.();
      await dispatch.stop();
      peers.close();
      await ledger.destroy();
    };
    return { office: options.office, ...servers.ports, audit, peers, credentials, settled, stop };
  } catch (error) {
    await ledger.destroy();
    throw error;
  }
}

/** Nothing listens before what is served has been held against the access policy. */
async function serve(desk: NodeOptions & { audit: AuditLog; metrics: Metrics }, { rpc, routes }: Services) {
  const { office, network, credentials, listen, requestsPerSecond = REQUESTS_PER_SECOND } = desk;
  const grpc = new RpcServer(desk, credentials, rpc);
  const title = network.entry(office).name;
  const http = await HttpServer.create({ ...desk, title, requestsPerSecond }, credentials, routes);
  credentials.onChange((next) => {
    grpc.renew(next);
    http.renew(next);
  });
  const stop = async () => void (await Promise.all([grpc.stop(), http.stop()]));
  try {
    checkPolicy(roleOf(office), [...grpc.methods, ...http.methods]);
    const grpcPort = await grpc.listen(listen.host, listen.grpcPort);
    return { ports: { grpcPort, httpPort: await http.listen(listen.host, listen.httpPort) }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
