import type { Kysely } from 'kysely';
import { AuditLog } from './audit/audit-log.js';
import { checkPolicy } from './domain/access-policy.js';
import type { Clock } from './domain/clock.js';
import { type OfficeId, roleOf } from './domain/office.js';
import { HttpServer, type Routes } from './http/http-server.js';
import type { Logger } from './logger.js';
import type { AddressOf, Network } from './network.js';
import { Peers } from './peers/peers.js';
import { RpcServer } from './rpc/rpc-server.js';
import type { RpcService } from './rpc/rpc-service.js';
import type { CoreTables } from './storage/tables.js';
import type { Credentials } from './trust/credentials.js';

/** What a node is given; nothing in it is global, so that any number of nodes fit in one process. */
export interface NodeOptions {
  office: OfficeId;
  network: Network;
  /** Where the other offices' gRPC servers are. */
  addressOf: AddressOf;
  credentials: Credentials;
  clock: Clock;
  randomBytes: (size: number) => Buffer;
  newId: () => string;
  logger: Logger;
  listen: { host: string; grpcPort: number; httpPort: number };
  /** How many HTTP requests a second one caller may make. */
  requestsPerSecond?: number;
}

/** What every office has before its role adds to it. */
export interface Office<Tables extends CoreTables> extends NodeOptions {
  ledger: Kysely<Tables>;
  audit: AuditLog;
  peers: Peers;
}

/** What a role adds: services for other offices and operators' tools, routes for people. */
export interface Services {
  rpc: RpcService[];
  routes: Routes;
}

/** An office at run time. */
export interface Node {
  office: OfficeId;
  grpcPort: number;
  httpPort: number;
  audit: AuditLog;
  peers: Peers;
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
  const audit = new AuditLog(ledger as unknown as Kysely<CoreTables>, options.clock, options.randomBytes);
  const peers = new Peers(options.credentials, options.addressOf);
  const { rpc, routes } = servicesOf({ ...options, ledger, audit, peers });
  const desk = { ...options, audit };
  const grpc = new RpcServer(desk, options.credentials, rpc);
  const title = options.network.entry(options.office).name;
  const requestsPerSecond = options.requestsPerSecond ?? 500;
  const http = await HttpServer.create({ ...desk, title, requestsPerSecond }, options.credentials, routes);
  const stop = async () => {
    await Promise.all([grpc.stop(), http.stop()]);
    peers.close();
    await ledger.destroy();
  };
  try {
    checkPolicy(roleOf(options.office), [...grpc.methods, ...http.methods]);
    const { host, grpcPort, httpPort } = options.listen;
    const ports = { grpcPort: await grpc.listen(host, grpcPort), httpPort: await http.listen(host, httpPort) };
    return { office: options.office, ...ports, audit, peers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
