import type { SecureContextOptions } from 'node:tls';
import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import type { Credentials } from '../trust/credentials.js';
import { serverTls } from '../trust/tls.js';
import type { Desk } from './answer.js';
import { authorize } from './authorize.js';
import { reflection } from './reflection.js';
import { type RpcService, served } from './rpc-service.js';

/** Above this, grpc-js refuses by itself, before a message is in memory; answers refuse far smaller ones. */
const HARD_LIMIT = 1024 * 1024;
const GRACE_MS = 2_000;

const OPTIONS = {
  'grpc.max_receive_message_length': HARD_LIMIT,
  'grpc.max_concurrent_streams': 256,
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 5_000,
  'grpc.max_connection_age_ms': 3_600_000,
  'grpc.max_connection_age_grace_ms': 30_000,
};

/** An office's gRPC server: for other offices, for agencies, and for its own operators' tools. */
export class RpcServer {
  private readonly server: Server;
  private readonly health: HealthImplementation;
  private readonly credentials: Credentials;
  /** The paths of all methods that are served. */
  readonly methods: string[];

  constructor(desk: Desk, credentials: Credentials, services: RpcService[]) {
    this.credentials = credentials;
    const interceptors = [authorize(desk, credentials.trusted)];
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
  listen(host: string, port: number): Promise<number> {
    const credentials = new MutualTls(serverTls(this.credentials));
    return new Promise((resolve, reject) =>
      this.server.bindAsync(`${host}:${port}`, credentials, (error, bound) => (error ? reject(error) : resolve(bound))),
    );
  }

  private add(definition: ServiceDefinition, implementation: UntypedServiceImplementation): void {
    this.methods.push(...Object.values(definition).map((method) => method.path));
    this.server.addService(definition, implementation);
  }

  /** Lets calls that are under way end, for a moment, and refuses new ones. */
  async stop(): Promise<void> {
    this.health.setStatus('', 'NOT_SERVING');
    const ended = new Promise<void>((resolve) => this.server.tryShutdown(() => resolve()));
    const timer = setTimeout(() => this.server.forceShutdown(), GRACE_MS);
    await ended;
    clearTimeout(timer);
  }
}

/** grpc-js's own credentials know no lowest version of TLS. */
class MutualTls extends ServerCredentials {
  constructor(context: SecureContextOptions) {
    super({ requestCert: true, rejectUnauthorized: true }, context);
  }

  override _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}
