import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../domain/caller.js';
import { callerOfCertificate, type TrustedAuthorities } from '../trust/peer-identity.js';

/** Who is at the other end of the connections of this server. */
export interface KnownCallers {
  trusted: TrustedAuthorities;
  /** A connection has one certificate, so it is read once. */
  bySocket: WeakMap<object, { caller: Caller | undefined }>;
}

/** The caller that the connection's certificate names; undefined where it names nobody of this network. */
export function callerOfRequest(request: FastifyRequest, known: KnownCallers): Caller | undefined {
  return callerOfSocket(request.raw.socket, known);
}

export function callerOfSocket(socket: Socket, { trusted, bySocket }: KnownCallers): Caller | undefined {
  const known = bySocket.get(socket);
  if (known) return known.caller;
  const certificate = (socket as TLSSocket).getPeerX509Certificate?.();
  const caller = certificate && callerOfCertificate(certificate, trusted);
  bySocket.set(socket, { caller });
  return caller;
}
