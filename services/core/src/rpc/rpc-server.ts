import { X509Certificate } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { TLSSocket } from 'node:tls';
import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import type { Credentials } from '../trust/credentials.js';
import type { LiveCredentials } from '../trust/live-credentials.js';
import { LAST_MOMENT_MS, OpenSockets } from '../trust/open-sockets.js';
import { shownBy } from '../trust/peer-identity.js';
import { HANDSHAKE_TIMEOUT_MS, makeSameListener, serverTls } from '../trust/tls.js';
import { whyTurnedAway } from '../trust/turned-away.js';
import type { DoorDesk } from './answer.js';
import { authorize } from './authorize.js';
import { OpenConnections } from './open-connections.js';
import { reflection } from './reflection.js';
import { type RpcService, served } from './rpc-service.js';
import { whyNotHeard } from './why-not-heard.js';

/** Above this, grpc-js refuses by itself, before a message is in memory; answers refuse far smaller ones. */
const HARD_LIMIT = 1024 * 1024;

const OPTIONS = {
  'grpc.max_receive_message_length': HARD_LIMIT,
  'grpc.max_concurrent_streams': 256,
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 5_000,
  'grpc.max_connection_age_ms': 3_600_000,
  'grpc.max_connection_age_grace_ms': 30_000,
  // Nobody asks grpc-js what it does, and telling costs something at each call.
  'grpc.enable_channelz': 0,
};

/** An office's gRPC server: for other offices, for agencies, and for its own operators' tools. */
export class RpcServer {
  private readonly server: Server;
  private readonly health: HealthImplementation;
  private readonly tls: MutualTls;
  private readonly desk: DoorDesk;
  private readonly open: OpenConnections;
  private readonly sockets = new OpenSockets();
  /** The paths of all methods that are served. */
  readonly methods: string[];

  constructor(desk: DoorDesk, credentials: LiveCredentials, services: RpcService[]) {
    this.tls = new MutualTls(credentials.current);
    this.desk = desk;
    this.open = new OpenConnections(
      (raw) => raw && shownBy(new X509Certificate(raw), credentials.current),
      (shown) => whyNotHeard(desk, shown),
    );
    desk.network.onChange(() => this.open.review());
    const interceptors = [authorize(desk, () => credentials.current, this.open)];
    this.server = new Server({ ...OPTIONS, interceptors });
    const names = services.map((service) => service.name);
    this.health = new HealthImplementation(Object.fromEntries(['', ...names].map((name) => [name, 'SERVING'])));
    this.methods = [];
    for (const service of services) {
      const { definition, implementation } = served(desk, service);
      this.add(definition, implementation);
    }
    const libraries = { addService: this.add.bind(this) } as Server;
    this.health.addToServer(libraries);
    reflection(names).addToServer(libraries);
  }

  /** @returns the port, which the system chooses where 0 is asked for. */
  async listen(host: string, port: number): Promise<number> {
    const bound = await new Promise<number>((resolve, reject) =>
      this.server.bindAsync(`${host}:${port}`, this.tls, (error, chosen) => (error ? reject(error) : resolve(chosen))),
    );
    this.watchConnections();
    return bound;
  }

  /** Shows another certificate to whoever connects from now on. Connections that are open stay, but of whoever was revoked. */
  renew(credentials: Credentials): void {
    this.tls.renew(credentials);
    this.open.review();
  }

  /**
   * Callers whom TLS turns away are only hung up on: so it is this office's log that says why. grpc-js does not show its
   * listeners; where its inner name for them should change, these lines of the log are missing, whoever is cut off or
   * revoked is hung up on when they next ask and not at once, and whoever says nothing delays a stop. Of one address there
   * are no more lines than strangers may make calls.
   */
  private watchConnections(): void {
    const { allowances, logger } = this.desk;
    const { http2Servers } = this.server as unknown as { http2Servers?: Map<EventEmitter, unknown> };
    for (const listener of http2Servers?.keys() ?? []) {
      this.open.watch(listener);
      this.sockets.watch(listener);
      listener.on('tlsClientError', (error, socket: TLSSocket) => {
        if (allowances.take({ caller: undefined, address: socket.remoteAddress ?? '' }) !== undefined) return;
        logger.warn({ over: 'gRPC', why: whyTurnedAway(error, socket) }, 'connection refused');
      });
    }
  }

  private add(definition: ServiceDefinition, implementation: UntypedServiceImplementation): void {
    this.methods.push(...Object.values(definition).map((method) => method.path));
    this.server.addService(definition, implementation);
  }

  /** Lets calls that are under way end, for a moment, and refuses new ones. */
  async stop(): Promise<void> {
    this.health.setStatus('', 'NOT_SERVING');
    const ended = new Promise<void>((resolve) => this.server.tryShutdown(() => resolve()));
    const timer = setTimeout(() => {
      this.server.forceShutdown();
      this.sockets.hangUp();
    }, LAST_MOMENT_MS);
    await ended;
    clearTimeout(timer);
  }
}

/** grpc-js's own credentials know no lowest version of TLS. */
class MutualTls extends ServerCredentials {
  private inUse: Credentials;

  constructor(inUse: Credentials) {
    super({ requestCert: true, rejectUnauthorized: true, handshakeTimeout: HANDSHAKE_TIMEOUT_MS }, serverTls(inUse));
    this.inUse = inUse;
  }

  renew(next: Credentials): void {
    if (!makeSameListener(this.inUse, next)) this.updateSecureContextOptions(serverTls(next));
    this.inUse = next;
  }

  override _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}
