import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { Client, credentials as grpcCredentials, Metadata, type StatusObject } from '@grpc/grpc-js';
import type { SignedStatement } from '#core/domain/proof.js';
import { decodeRefusal, STATUS_TRAILER } from '#core/wire/refusal-status.js';
import { SESSION, SESSION_COOKIE } from '#core/wire/session-names.js';
import { readStatement } from '#core/wire/statement-metadata.js';

/** What a caller shows of itself, and whom it believes. Without a certificate it shows nothing. */
export interface Identity {
  ca: Buffer | string;
  cert?: Buffer | string;
  key?: Buffer | string;
}

/** Who asks; an operator shows a session, and a mandate where one is needed. */
export interface Asking extends Identity {
  shows?: (method: string) => Record<string, string>;
}

/** What came back from a gRPC server, as it was on the wire. */
export interface RawReply {
  code: number;
  title: string;
  /** The bytes of the trailer with the refusal; empty where there was none. */
  status: Buffer;
  /** The reason in the trailer. */
  reason: string | undefined;
  details: { office?: string; field?: string; fault?: string; retryAfterSeconds?: number };
  messages: Buffer[];
  /** What the office signed of its answer. */
  receipt: SignedStatement | undefined;
}

export interface Sending {
  /** Bytes are of keys that end in -bin. */
  metadata?: Record<string, string | Buffer>;
  withinMs?: number;
  /** For procedures that go on until they are cancelled. */
  untilFirstMessage?: boolean;
}

/** The identity in a folder that the network's certificates were written to. */
export function identityIn(folder: string): Identity {
  const read = (name: string) => readFileSync(join(folder, name));
  return { ca: read('offices-ca.pem'), cert: read('certificate.pem'), key: read('key.pem') };
}

/** A gRPC client of the library's own making, which sends the bytes that it is given, whatever they are. */
export class RawLine {
  private readonly client: Client;
  private readonly shows: Asking['shows'];

  constructor(grpcPort: number, { shows, ...identity }: Asking, tls: SecureContextOptions = {}) {
    this.shows = shows;
    const context = createSecureContext({ ...identity, ...tls });
    const options = { 'grpc.max_send_message_length': -1, 'grpc.enable_retries': 0 };
    this.client = new Client(`localhost:${grpcPort}`, grpcCredentials.createFromSecureContext(context), options);
  }

  /** Sends one message and ends; on the wire this is a unary call too. Never rejects, and never waits for ever. */
  call(path: string, message: Uint8Array = Buffer.alloc(0), sending: Sending = {}): Promise<RawReply> {
    const metadata = new Metadata();
    for (const [key, value] of Object.entries({ ...this.shows?.(path), ...sending.metadata })) metadata.set(key, value);
    const deadline = Date.now() + (sending.withinMs ?? 10_000);
    const stream = this.client.makeBidiStreamRequest(path, Buffer.from, Buffer.from, metadata, { deadline });
    const messages: Buffer[] = [];
    return new Promise((resolve) => {
      stream.on('data', (bytes: Buffer) => {
        messages.push(bytes);
        if (sending.untilFirstMessage) stream.cancel();
      });
      stream.on('error', () => {});
      stream.on('status', (status: StatusObject) => resolve(rawReply(status, messages)));
      stream.end(message);
    });
  }

  close(): void {
    this.client.close();
  }
}

/** An answer of an HTTPS server. */
export interface HttpsReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The reason of a problem document. */
  reason: string | undefined;
}

interface HttpsSending {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

/** One HTTPS request on a connection of its own. */
export function https(httpPort: number, { shows, ...identity }: Asking, sending: HttpsSending): Promise<HttpsReply> {
  const { method = 'GET', path, body } = sending;
  const headers = { ...headersOf(shows?.(`${method} ${path}`) ?? {}), ...sending.headers };
  const options = { ...identity, host: 'localhost', port: httpPort, method, path, headers, agent: false as const };
  return new Promise((resolve, reject) => {
    const request = httpsRequest(options, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, reason: reasonIn(text) });
    });
    request.on('error', reject);
    request.setTimeout(10_000, () => request.destroy(new Error('no answer')));
    request.end(body);
  });
}

/** What is shown over gRPC as metadata, as HTTP has it. */
export function headersOf({ [SESSION]: session, ...others }: Record<string, string>): Record<string, string> {
  return session === undefined ? others : { cookie: `${SESSION_COOKIE}=${session}`, ...others };
}

export function postJson(
  httpPort: number,
  identity: Asking,
  path: string,
  body: unknown,
  more: Record<string, string> = {},
): Promise<HttpsReply> {
  const headers = { 'content-type': 'application/json', ...more };
  return https(httpPort, identity, { method: 'POST', path, headers, body: JSON.stringify(body) });
}

function rawReply({ code, details: title, metadata }: StatusObject, messages: Buffer[]): RawReply {
  const [status] = metadata.get(STATUS_TRAILER);
  const bytes = Buffer.isBuffer(status) ? status : Buffer.alloc(0);
  const refusal = decodeRefusal(bytes);
  const receipt = readStatement('receipt', (key) => metadata.get(key)[0]);
  return { code, title, status: bytes, reason: refusal?.reason, details: refusal?.details ?? {}, messages, receipt };
}

function reasonIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { reason?: string }).reason;
  } catch {
    return undefined;
  }
}
