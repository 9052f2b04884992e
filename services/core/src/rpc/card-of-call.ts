import type { Metadata, ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { Caller } from '../domain/caller.js';
import type { Shown } from '../domain/exchange.js';
import { cardFingerprint } from '../operators/card-fingerprint.js';
import { MANDATE_CARD } from '../wire/mandate-text.js';
import { SESSION } from '../wire/session-names.js';

/** Set by the authorizing interceptor alone, from the certificate; what a caller sends under this name is lost. */
const CARD = 'juki-card';

interface Card {
  fingerprint: string;
  /** DER. */
  certificate: Buffer;
}

/** A function that notes with which card an operator calls. One connection has one certificate, so it is read once. */
export function cardOfCalls() {
  const known = new WeakMap<object, Card>();
  return (metadata: Metadata, call: ServerInterceptingCallInterface, caller: Caller | undefined): void => {
    const card = caller?.kind === 'operator' ? cardOf(call, known) : undefined;
    metadata.set(CARD, card?.fingerprint ?? '');
    // Of an operator's mandate, the connection itself shows the card; an office sends on whose it was.
    if (card) metadata.set(MANDATE_CARD, card.certificate);
  };
}

/** What an operator's call shows, once its card has been noted. */
export function shownByCall(metadata: Metadata): Shown {
  const textIn = (key: string) => metadata.get(key)[0]?.toString() ?? '';
  return { card: textIn(CARD), session: textIn(SESSION) };
}

function cardOf(call: ServerInterceptingCallInterface, known: WeakMap<object, Card>): Card | undefined {
  const session = (call as { stream?: { session?: object } }).stream?.session;
  const found = session && known.get(session);
  if (found) return found;
  const certificate = call.getAuthContext().sslPeerCertificate?.raw;
  const card = certificate && { fingerprint: cardFingerprint(certificate), certificate };
  if (session && card) known.set(session, card);
  return card;
}
