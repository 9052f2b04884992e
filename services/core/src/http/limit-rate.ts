import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { KnockCounter } from '../audit/count-knocks.js';
import type { Allowances } from '../domain/allowance.js';
import { type Caller, callerUri } from '../domain/caller.js';
import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Refused as RATE_LIMITED, and counted instead of logged. */
    isCounted: boolean;
  }
}

/** What limiting needs of its node. */
export interface Limits {
  office: OfficeId;
  allowances: Allowances;
  knocks: KnockCounter;
}

/** Takes each request out of its caller's allowance, the same one as over gRPC, before anything else is asked of it. */
export function limitRequests(app: FastifyInstance, limits: Limits): void {
  app.decorateRequest('isCounted', false);
  app.addHook('onRequest', async (request) => {
    const refusal = limitRequest(request, limits);
    if (refusal) throw refusal;
  });
}

/** @returns the refusal RATE_LIMITED where the allowance is used up */
export function limitRequest(request: FastifyRequest, limits: Limits): Refusal | undefined {
  const { refusal, isCounted } = limitSocket(request.raw.socket, request.exchange?.caller, limits);
  request.isCounted = isCounted;
  return refusal;
}

/** The same for what is no request yet. */
export function limitSocket(
  { remoteAddress: address = '' }: Socket,
  caller: Caller | undefined,
  { office, allowances, knocks }: Limits,
): { refusal: Refusal | undefined; isCounted: boolean } {
  const retryAfterSeconds = allowances.take({ caller, address });
  if (retryAfterSeconds === undefined) return { refusal: undefined, isCounted: false };
  const isCounted = !knocks.isFirst(caller ? callerUri(caller) : '');
  return { refusal: new Refusal('RATE_LIMITED', { office, retryAfterSeconds }), isCounted };
}
