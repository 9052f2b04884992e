import { isUtf8 } from 'node:buffer';
import type { Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from '@fastify/type-provider-zod';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { AuditLog } from '../audit/audit-log.js';
import type { logsStanding } from '../audit/logs-standing.js';
import type { DirectoryKeeper } from '../directory/directory-keeper.js';
import { isAllowed } from '../domain/access-policy.js';
import { callerRoleAt } from '../domain/caller.js';
import type { Fresh } from '../domain/exchange.js';
import { LARGEST_MESSAGE } from '../domain/largest-message.js';
import { Refusal } from '../domain/refusal.js';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import { whyNotInSession } from '../operators/required-session.js';
import type { Sessions } from '../operators/session.js';
import type { Credentials } from '../trust/credentials.js';
import type { LiveCredentials } from '../trust/live-credentials.js';
import { LAST_MOMENT_MS, OpenSockets } from '../trust/open-sockets.js';
import { REVOKED } from '../trust/peer-identity.js';
import { HANDSHAKE_TIMEOUT_MS, makeSameListener, serverTls } from '../trust/tls.js';
import { whyTurnedAway } from '../trust/turned-away.js';
import { accountForRequests, methodOf } from './account-for-request.js';
import { isRevoked, isSocketRevoked, type KnownCallers } from './caller-of-request.js';
import { healthRoute, standingOf } from './health-route.js';
import { type Limits, limitRequests } from './limit-rate.js';
import { metricsRoute } from './metrics-route.js';
import { refuseBrokenRequest } from './refuse-broken-request.js';
import { refuseWithoutRoute, refuseWithProblem } from './refuse-with-problem.js';
import { shownByRequest } from './session-of-request.js';
import { tellOfRequests } from './tell-of-requests.js';

const GRACE_MS = 1_000;

/** Adds a role's routes; zod is the language of their schemas. */
export type Routes = (app: FastifyInstance) => void;

/** What the server needs of its node. */
interface HttpDesk extends Fresh, Limits {
  /** The office's name for people. */
  title: string;
  audit: AuditLog;
  logger: Logger;
  metrics: Metrics;
  sessions: Sessions;
  directories: Pick<DirectoryKeeper, 'standing'>;
  logs: () => ReturnType<typeof logsStanding>;
}

/** An office's HTTPS server, for people and their programs: the same mutual TLS as on the line between offices. */
export class HttpServer {
  private readonly app: FastifyInstance;
  private inUse: Credentials;
  private readonly callers: KnownCallers;
  private readonly open = new Set<Socket>();
  private readonly sockets = new OpenSockets();
  /** The method and route of everything that is served, as the access policy names them. */
  readonly methods: string[] = [];

  private constructor(app: FastifyInstance, inUse: Credentials, callers: KnownCallers) {
    this.app = app;
    this.inUse = inUse;
    this.callers = callers;
    this.sockets.watch(listenerOf(app));
    listenerOf(app).on('secureConnection', (socket) => {
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
    app.addHook('onRoute', ({ method, url }) => {
      for (const verb of [method].flat()) if (verb !== 'HEAD') this.methods.push(`${verb} ${url}`);
    });
  }

  static async create(desk: HttpDesk, credentials: LiveCredentials, routes: Routes): Promise<HttpServer> {
    const callers: KnownCallers = { inUse: () => credentials.current, bySocket: new WeakMap() };
    const requestDesk = { ...desk, callers };
    const app = fastify({
      https: {
        ...serverTls(credentials.current),
        requestCert: true,
        rejectUnauthorized: true,
        handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      },
      bodyLimit: LARGEST_MESSAGE,
      requestTimeout: 10_000,
      connectionTimeout: 30_000,
      forceCloseConnections: 'idle',
      loggerInstance: desk.logger as FastifyBaseLogger,
      logController: new LogController({ disableRequestLogging: true }),
      exposeHeadRoutes: false,
      clientErrorHandler: refuseBrokenRequest(requestDesk),
      frameworkErrors: (error, request, reply) => void refuseWithoutRoute(error, request, reply, requestDesk),
    }) as unknown as FastifyInstance;
    const server = new HttpServer(app, credentials.current, callers);
    tellOfTurnedAway(app, desk);
    app.setValidatorCompiler(validatorCompiler);
    app.setSerializerCompiler(serializerCompiler);
    refuseWithProblem(app, desk.office);
    parseJsonStrictly(app);
    accountForRequests(app, requestDesk);
    limitRequests(app, desk);
    authorizeRequests(app, desk, callers);
    tellOfRequests(app);
    await app.register(helmet);
    await describe(app, desk.title);
    app.after(() => {
      healthRoute(app, desk.office, async () =>
        standingOf(credentials.standing(), desk.directories.standing(), await desk.logs()),
      );
      metricsRoute(app, desk.metrics);
      app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
      routes(app);
    });
    await app.ready();
    return server;
  }

  /** @returns the port, which the system chooses where 0 is asked for. */
  async listen(host: string, port: number): Promise<number> {
    await this.app.listen({ host, port });
    return (this.app.server.address() as AddressInfo).port;
  }

  /** Shows another certificate to whoever connects from now on. Connections that are open stay, but of whoever was revoked. */
  renew(next: Credentials): void {
    if (!makeSameListener(this.inUse, next)) listenerOf(this.app).setSecureContext(serverTls(next));
    this.inUse = next;
    for (const socket of this.open) if (isSocketRevoked(socket, this.callers)) this.hangUpLater(socket);
  }

  /** Whoever asks once more until then is told why. */
  private hangUpLater(socket: Socket): void {
    const timer = setTimeout(() => socket.destroy(), GRACE_MS);
    socket.once('close', () => clearTimeout(timer));
  }

  /** Lets requests that are under way end, for a moment, and refuses new ones. */
  async stop(): Promise<void> {
    const timer = setTimeout(() => this.sockets.hangUp(), LAST_MOMENT_MS);
    await this.app.close();
    clearTimeout(timer);
  }
}

/** Fastify does not say in its types that it listens over TLS. */
function listenerOf(app: FastifyInstance): Server {
  return app.server as unknown as Server;
}

/**
 * Callers whom TLS turns away are only hung up on: so it is this office's log that says why. Of one address there are no
 * more lines than strangers may make requests.
 */
function tellOfTurnedAway(app: FastifyInstance, { allowances, logger }: HttpDesk): void {
  listenerOf(app).on('tlsClientError', (error, socket) => {
    if (allowances.take({ caller: undefined, address: socket.remoteAddress ?? '' }) !== undefined) return;
    logger.warn({ over: 'HTTPS', why: whyTurnedAway(error, socket) }, 'connection refused');
  });
}

/** Takes only UTF-8. */
function parseJsonStrictly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!isUtf8(body as Buffer)) return done(new Refusal('INVALID_REQUEST', { fault: 'is not valid UTF-8' }));
    return parse(request, body.toString(), done);
  });
}

function authorizeRequests(app: FastifyInstance, { office, sessions }: HttpDesk, callers: KnownCallers): void {
  app.addHook('onRequest', async (request, reply) => {
    const caller = request.exchange?.caller;
    if (!caller) throw new Refusal('CALLER_UNKNOWN', { office });
    if (isRevoked(request, callers)) {
      reply.header('connection', 'close');
      throw new Refusal('CALLER_UNKNOWN', { office, fault: REVOKED });
    }
    if (request.is404) return;
    if (!isAllowed(methodOf(request), callerRoleAt(office, caller))) throw new Refusal('ACCESS_DENIED', { office });
    const refusal = whyNotInSession(sessions, methodOf(request), caller, shownByRequest(request));
    if (refusal) throw refusal;
  });
}

async function describe(app: FastifyInstance, title: string): Promise<void> {
  await app.register(swagger, {
    openapi: { info: { title: `Juki Net: ${title}`, version: '1' } },
    transform: jsonSchemaTransform,
  });
}
