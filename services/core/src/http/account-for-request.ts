import type { TLSSocket } from 'node:tls';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditLog } from '../audit/audit-log.js';
import { callerUri } from '../domain/caller.js';
import { type Exchange, type Fresh, newNonce } from '../domain/exchange.js';
import type { Mandate } from '../domain/mandate.js';
import { Refusal } from '../domain/refusal.js';
import { MANDATE, readMandate } from '../wire/mandate-text.js';
import { callerOfRequest, type KnownCallers } from './caller-of-request.js';
import type { Limits } from './limit-rate.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined where the certificate names nobody of this network. */
    exchange: Exchange | undefined;
    refusal: Refusal | undefined;
  }
}

const NOTHING = Buffer.alloc(0);

/** What tells something of the node, and nothing of a person, is not accounted for when it succeeds. */
export const WITHOUT_PERSONS = ['GET /health', 'GET /metrics', 'GET /openapi.json'];

/** The policy's name for a request: its method and its route. */
export function methodOf(request: FastifyRequest): string {
  return `${request.method} ${request.routeOptions.url ?? ''}`.trimEnd();
}

/** The question that a request puts, once its caller has been let in. */
export function exchangeOf({ exchange }: FastifyRequest): Exchange {
  if (!exchange) throw new Refusal('CALLER_UNKNOWN');
  return exchange;
}

/** What is needed to account for a request. */
export interface RequestDesk extends Fresh, Limits {
  audit: AuditLog;
  callers: KnownCallers;
}

/** Makes every request that has a route leave one log entry, durable before its answer leaves (LOG). */
export function accountForRequests(app: FastifyInstance, desk: RequestDesk): void {
  app.decorateRequest('exchange', undefined);
  app.decorateRequest('refusal', undefined);
  app.addHook('onRequest', async (request) => begin(request, desk));
  app.addHook('onSend', (request, reply, payload) => account(request, reply, payload, desk));
}

/** Notes who asks, before anything else happens to a request. */
export function begin(request: FastifyRequest, desk: RequestDesk): void {
  const caller = callerOfRequest(request, desk.callers);
  if (!caller) return;
  const operator = caller.kind === 'office' ? '' : caller.name;
  const mandate = mandateOf(request);
  // What an operator's card has signed for goes by the name that is signed.
  const account = { id: mandate?.exchange ?? desk.newId(), nonce: newNonce(desk), operator, purpose: '' };
  request.exchange = { ...account, caller, mandate, concerns: new Set() };
}

function mandateOf({ headers, raw }: FastifyRequest): Mandate | undefined {
  const certificate = (raw.socket as TLSSocket).getPeerX509Certificate?.();
  return readMandate(headers[MANDATE]?.toString() ?? '', certificate?.raw);
}

/** @returns what may leave: the payload once its entry is committed, or that it could not be written down */
export async function account<Payload>(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: Payload,
  desk: RequestDesk,
): Promise<Payload | string> {
  if (request.isCounted) return payload;
  if (!request.refusal && WITHOUT_PERSONS.includes(methodOf(request))) return payload;
  const answer = typeof payload === 'string' ? Buffer.from(payload) : NOTHING;
  try {
    await desk.audit.append(occurrenceOf(request, desk, answer));
    return payload;
  } catch (cause) {
    return failureInstead(request, reply, new Refusal('INTERNAL', { office: desk.office, cause }));
  }
}

function occurrenceOf(request: FastifyRequest, desk: RequestDesk, answer: Buffer) {
  const { exchange, refusal } = request;
  return {
    event: 'ANSWERED' as const,
    procedure: methodOf(request),
    exchange: exchange?.id ?? desk.newId(),
    nonce: exchange?.nonce ?? newNonce(desk),
    caller: exchange ? callerUri(exchange.caller) : '',
    operator: exchange?.operator ?? null,
    answering: desk.office,
    purpose: exchange?.purpose ?? '',
    outcome: refusal?.reason ?? ('OK' as const),
    request: null,
    answer,
    ...(!refusal && exchange?.provision && { provision: exchange.provision }),
    concerns: exchange?.concerns ?? [],
  };
}

/** An answer that is not accounted for may not leave; what leaves instead tells nothing but that. */
function failureInstead(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): string {
  request.refusal = refusal;
  const payload = JSON.stringify(problemOf(refusal, request.headers['accept-language']));
  reply.code(500).type(PROBLEM_TYPE).header('content-length', Buffer.byteLength(payload));
  return payload;
}
