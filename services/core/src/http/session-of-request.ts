import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import type { Shown } from '../domain/exchange.js';
import { cardFingerprint } from '../operators/card-fingerprint.js';
import { SESSION_COOKIE } from '../wire/session-names.js';

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';
const FORM = new RegExp(`(?:^|; )${SESSION_COOKIE}=([\\w-]{43})(?:;|$)`);

export function sessionCookie(token: string): string {
  return `${SESSION_COOKIE}=${token}; ${ATTRIBUTES}`;
}

/** Makes a browser forget the session. */
export function noSessionCookie(): string {
  return `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
}

/** With which card the connection was made, and in which session something is asked over it. */
export function shownByRequest({ headers, raw }: FastifyRequest): Shown {
  const certificate = (raw.socket as TLSSocket).getPeerX509Certificate?.();
  return {
    card: certificate ? cardFingerprint(certificate.raw) : '',
    session: FORM.exec(headers.cookie ?? '')?.[1] ?? '',
  };
}
