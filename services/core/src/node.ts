import type { Kysely } from 'kysely';
import type { AuditLog } from './audit/audit-log.js';
import { KnockCounter } from './audit/count-knocks.js';
import { logsStanding } from './audit/logs-standing.js';
import { AlarmRaiser } from './audit/raise-alarms.js';
import { regularPruning } from './audit/regular-pruning.js';
import type { ShownLog } from './audit/show-log.js';
import type { WitnessOfLogs } from './audit/witness-logs.js';
import type { DirectoryKeeper } from './directory/directory-keeper.js';
import type { OwnLine } from './directory/own-line.js';
import { checkPolicy } from './domain/access-policy.js';
import { Allowances, type AllowanceTable } from './domain/allowance.js';
import { type Clock, today } from './domain/clock.js';
import { type OfficeId, roleOf } from './domain/office.js';
import { furnishOffice } from './furnish-office.js';
import { HttpServer, type Routes } from './http/http-server.js';
import type { Logger } from './logger.js';
import { Metrics } from './metrics.js';
import type { AddressOf, Network } from './network.js';
import type { Sessions } from './operators/session.js';
import type { Peers } from './peers/peers.js';
import type { Later } from './propagation/courier.js';
import type { Dispatch } from './propagation/dispatch.js';
import { syncStanding } from './propagation/sync-standing.js';
import { reportEntrances } from './report-entrances.js';
import { alarmService } from './rpc/alarm-service.js';
import { auditService } from './rpc/audit-service.js';
import { ProofCheck } from './rpc/check-proof.js';
import { directoryService } from './rpc/directory-service.js';
import { RpcServer } from './rpc/rpc-server.js';
import type { RpcService } from './rpc/rpc-service.js';
import { signInEntrances } from './sign-in-entrances.js';
import { driftEver } from './storage/consistency-checks.js';
import { overdueRequests } from './storage/disclosure-requests.js';
import type { CoreTables } from './storage/tables.js';
import type { LiveCredentials } from './trust/live-credentials.js';
import type { Signing, Statements } from './trust/statements.js';

/** What a node is given; nothing in it is global, so that any number of nodes fit in one process. */
export interface NodeOptions {
  office: OfficeId;
  network: Network;
  /** Where the other offices' gRPC servers are. */
  addressOf: AddressOf;
  /** At the centre: the addresses that the directory tells everybody; none by default. */
  stateAddress?: (office: OfficeId) => string | undefined;
  /** Whether `addressOf` counts, whatever the directory says; by default it is for what that does not say. */
  ownAddresses?: boolean;
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
  /** How statements are signed and checked, where a measurement wants to know what that costs. */
  signing?: Signing;
  /** How much each caller may ask; by default as `domain/allowance.ts` states it. */
  allowances?: AllowanceTable;
}

/** What every office has before its role adds to it. */
export interface Office<Tables extends CoreTables> extends NodeOptions {
  ledger: Kysely<Tables>;
  audit: AuditLog;
  /** What others see of its log, and what it sees of theirs. */
  shownLog: ShownLog;
  witness: WitnessOfLogs;
  peers: Peers;
  statements: Statements;
  directories: DirectoryKeeper;
  ownLine: OwnLine;
  /** What leaves this office by itself. */
  dispatch: Dispatch;
  /** Which of its operators have signed in. */
  sessions: Sessions;
  /** Who is told of what operators are shown. */
  alarms: AlarmRaiser;
  /** From 0 to 1. */
  random: () => number;
}

/** What a role adds: services for other offices and operators' tools, routes for people. */
export interface Services {
  rpc: RpcService[];
  routes: Routes;
  /** Resolves once what it does beside its answers has come to rest. */
  settled?: () => Promise<void>;
  /** Who takes part, or who is cut off, may be otherwise from now on. */
  directoryChanged?: () => void;
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
  shownLog: ShownLog;
  witness: WitnessOfLogs;
  peers: Peers;
  clock: Clock;
  /** As this office sees it. */
  network: Network;
  statements: Statements;
  credentials: LiveCredentials;
  sessions: Sessions;
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
  given: NodeOptions,
  ledger: Kysely<Tables>,
  servicesOf: (office: Office<Tables>) => Services,
): Promise<Node> {
  // What an office holds of the directory is its own, though others in this process were given the same network.
  const options = { ...given, network: given.network.forOneOffice(given.office) };
  try {
    const coreLedger = ledger as unknown as Kysely<CoreTables>;
    const furnished = await furnishOffice(options, coreLedger);
    const { audit, shownLog, witness, peers, statements, directories, dispatch, changed } = furnished;
    const { sessions, ...entrances } = signInEntrances({ ...options, ledger: coreLedger });
    const alarms = new AlarmRaiser({ ...options, audit, ledger: coreLedger });
    const office = { ...options, ...furnished, ledger, sessions, alarms };
    const services = servicesOf(office);
    changed.push(() => services.directoryChanged?.());
    const core = { ...office, ledger: coreLedger };
    services.rpc.push(directoryService(office), alarmService(core), auditService(core));
    const knocks = new KnockCounter(office);
    const pruning = regularPruning({ ...office, ledger: coreLedger });
    const metrics = metricsOf(options, coreLedger);
    const logs = () => logsStanding({ ...options, ledger: coreLedger });
    const servers = await serve({ ...office, knocks, metrics, logs }, [services, entrances, reportEntrances(core)]);
    const settled = async () => {
      for (const part of [alarms, directories, pruning]) await part.settled();
      await services.settled?.();
      await dispatch.settled();
    };
    options.credentials.begin();
    directories.begin();
    dispatch.begin();
    services.begin?.();
    pruning.start();
    const stop = async () => {
      options.credentials.end();
      await services.end?.();
      await directories.stop();
      await servers.stop();
      await knocks.stop();
      await alarms.stop();
      await pruning.stop();
      await services.settled?.();
      await dispatch.stop();
      peers.close();
      await ledger.destroy();
    };
    const { office: id, clock, network, credentials } = options;
    return {
      office: id,
      ...servers.ports,
      audit,
      shownLog,
      witness,
      peers,
      clock,
      network,
      statements,
      credentials,
      sessions,
      settled,
      stop,
    };
  } catch (error) {
    await ledger.destroy();
    throw error;
  }
}

function metricsOf(options: NodeOptions, ledger: Kysely<CoreTables>): Metrics {
  return new Metrics(options.clock, {
    standing: () => syncStanding({ ...options, ledger }),
    driftEver: () => driftEver(ledger),
    disclosuresOverdue: () => overdueRequests(ledger, today(options.clock)),
    credentials: () => options.credentials.standing(),
  });
}

/** Nothing listens before what is served has been held against the access policy. */
async function serve(
  options: NodeOptions & {
    audit: AuditLog;
    knocks: KnockCounter;
    metrics: Metrics;
    logs: () => ReturnType<typeof logsStanding>;
    statements: Statements;
    sessions: Sessions;
    directories: DirectoryKeeper;
  },
  all: Pick<Services, 'rpc' | 'routes'>[],
) {
  const { office, network, clock, credentials, listen } = options;
  const desk = { ...options, allowances: new Allowances(clock, options.allowances) };
  const grpc = new RpcServer(
    { ...desk, proofs: new ProofCheck(desk) },
    credentials,
    all.flatMap(({ rpc }) => rpc),
  );
  const routes: Routes = (app) => {
    for (const one of all) one.routes(app);
  };
  const title = network.entry(office).name;
  const http = await HttpServer.create({ ...desk, title }, credentials, routes);
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
