import { X509Certificate } from 'node:crypto';
import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { Caller } from '../domain/caller.js';
import { callerOfCertificate, type TrustedAuthorities } from '../trust/peer-identity.js';

/**
 * A function that tells who is at the other end of a call; undefined for a certificate that names nobody here.
 *
 * Reading and checking a certificate costs a third of a call, and one connection has one certificate: so the answer
 * is kept with the connection. grpc-js does not show a call's connection; where its inner name for it should change,
 * each call is checked by itself again, which is slower and just as safe.
 */
export function callerOfCalls(trusted: TrustedAuthorities) {
  const known = new WeakMap<object, { caller: Caller | undefined }>();
  return (call: ServerInterceptingCallInterface): Caller | undefined => {
    const session = (call as { stream?: { session?: object } }).stream?.session;
    const found = session && known.get(session);
    if (found) return found.caller;
    const raw = call.getAuthContext().sslPeerCertificate?.raw;
    const caller = raw && callerOfCertificate(new X509Certificate(raw), trusted);
    if (session) known.set(session, { caller });
    return caller;
  };
}
