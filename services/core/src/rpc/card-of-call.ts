import type { Metadata, ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { Caller } from '../domain/caller.js';
import type { Shown } from '../domain/exchange.js';
import { cardFingerprint } from '../operators/card-fingerprint.js';

/** Set by the authorizing interceptor alone, from the certificate; what a caller sends under this name is lost. */
const CARD = 'juki-card';
/** The metadata in which an operator's tool sends the session that was begun with the card. */
const SESSION = 'juki-session';

/** A function that notes with which card an operator calls. One connection has one certificate, so it is read once. */
export function cardOfCalls() {
  const known = new WeakMap<object, string>();
  return (metadata: Metadata, call: ServerInterceptingCallInterface, caller: Caller | undefined): void => {
    metadata.set(CARD, caller?.kind === 'operator' ? cardOf(call, known) : '');
  };
}

/** What an operator's call shows, once its card has been noted. */
export function shownByCall(metadata: Metadata): Shown {
  const textIn = (key: string) => metadata.get(key)[0]?.toString() ?? '';
  return { card: textIn(CARD), session: textIn(SESSION) };
}

function cardOf(call: ServerInterceptingCallInterface, known: WeakMap<object, string>): string {
  const session = (call as { stream?: { session?: object } }).stream?.session;
  const found = session && known.get(session);
  if (found !== undefined) return found;
  const raw = call.getAuthContext().sslPeerCertificate?.raw;
  const card = raw ? cardFingerprint(raw) : '';
  if (session) known.set(session, card);
  return card;
}
