import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../domain/caller.js';
import type { Credentials } from '../trust/credentials.js';
import { type Shown, shownBy } from '../trust/peer-identity.js';

/** Who is at the other end of the connections of this server. */
export interface KnownCallers {
  /** What the office believes now; another object as soon as anything of it changes. */
  inUse: () => Credentials;
  /** A connection has one certificate, so it is read once, and again when authorities or revocation lists are others. */
  bySocket: WeakMap<object, { shown: Shown | undefined; by: Credentials }>;
}

/** The caller that the connection's certificate names; undefined where it names nobody of this network. */
export function callerOfRequest(request: FastifyRequest, known: KnownCallers): Caller | undefined {
  return callerOfSocket(request.raw.socket, known);
}

export function callerOfSocket(socket: Socket, known: KnownCallers): Caller | undefined {
  return shownOn(socket, known)?.caller;
}

/** Whether the authority took the caller's certificate back. */
export function isRevoked(request: FastifyRequest, known: KnownCallers): boolean {
  return isSocketRevoked(request.raw.socket, known);
}

export function isSocketRevoked(socket: Socket, known: KnownCallers): boolean {
  return shownOn(socket, known)?.revokedOn !== undefined;
}

function shownOn(socket: Socket, { inUse, bySocket }: KnownCallers): Shown | undefined {
  const [known, by] = [bySocket.get(socket), inUse()];
  if (known?.by === by) return known.shown;
  const certificate = (socket as TLSSocket).getPeerX509Certificate?.();
  const shown = certificate && shownBy(certificate, by);
  bySocket.set(socket, { shown, by });
  return shown;
}
