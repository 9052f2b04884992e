import type { FastifyRequest } from 'fastify';

/** The prefix lets a browser take it from this very host over TLS, and from nowhere else. */
const NAME = '__Host-juki-session';
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';
const FORM = new RegExp(`(?:^|; )${NAME}=([\\w-]{43})(?:;|$)`);

export function sessionCookie(token: string): string {
  return `${NAME}=${token}; ${ATTRIBUTES}`;
}

/** Makes a browser forget the session. */
export function noSessionCookie(): string {
  return `${NAME}=; ${ATTRIBUTES}; Max-Age=0`;
}

/** The token of the session in which something is asked; empty where there is none. */
export function sessionOfRequest({ headers }: Pick<FastifyRequest, 'headers'>): string {
  return FORM.exec(headers.cookie ?? '')?.[1] ?? '';
}
