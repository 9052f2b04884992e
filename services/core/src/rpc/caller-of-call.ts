import { X509Certificate } from 'node:crypto';
import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { Credentials } from '../trust/credentials.js';
import { type Shown, shownBy } from '../trust/peer-identity.js';

interface Session {
  close?(): void;
}

/**
 * A function that tells who is at the other end of a call; undefined for a certificate that names nobody here.
 *
 * Reading and checking a certificate costs a third of a call, and one connection has one certificate: so the answer
 * is kept with the connection, until authorities or revocation lists are others. grpc-js does not show a call's
 * connection; where its inner name for it should change, each call is checked by itself again, which is slower and just
 * as safe.
 *
 * @param inUse - what the office believes now; another object as soon as anything of it changes
 */
export function shownByCalls(inUse: () => Credentials) {
  const known = new WeakMap<object, { shown: Shown | undefined; by: Credentials }>();
  return (call: ServerInterceptingCallInterface): Shown | undefined => {
    const session = sessionOf(call);
    const found = session && known.get(session);
    const by = inUse();
    if (found?.by === by) return found.shown;
    const raw = call.getAuthContext().sslPeerCertificate?.raw;
    const shown = raw && shownBy(new X509Certificate(raw), by);
    if (session) known.set(session, { shown, by });
    return shown;
  };
}

/** Lets the answers that are under way leave, and ends the connection. */
export function hangUpAfter(call: ServerInterceptingCallInterface): void {
  sessionOf(call)?.close?.();
}

/** The connection that a call came over; undefined where grpc-js does not show it. */
export function sessionOf(call: ServerInterceptingCallInterface): Session | undefined {
  return (call as { stream?: { session?: Session } }).stream?.session;
}
