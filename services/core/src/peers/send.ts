import { type ServiceError, status } from '@grpc/grpc-js';
import type { OfficeId } from '../domain/office.js';
import type { SignedStatement } from '../domain/proof.js';
import { type Reason, Refusal } from '../domain/refusal.js';
import { metadataOf } from '../wire/call-metadata.js';
import type { Asked } from '../wire/procedure.js';
import { decodeRefusal, STATUS_TRAILER } from '../wire/refusal-status.js';
import { readStatement } from '../wire/statement-metadata.js';
import type { Peers } from './peers.js';
import { whyUnavailable } from './why-unavailable.js';

/** What came back: an answer or a refusal, and the bytes of it that the other office logged. */
export interface Reply<Output> {
  outcome: { answer: Output } | { refusal: Refusal };
  /** Null where no answer of the other office arrived: then the refusal is this end's own. */
  bytes: Buffer | null;
  /** What the other office says that its bytes are, whether or not they can be used; null where none arrived. */
  said: 'OK' | Reason | null;
  /** What the other office signed; undefined where it signed nothing. */
  receipt?: SignedStatement | undefined;
}

interface Letter {
  office: OfficeId;
  request: Buffer;
  metadata: Record<string, string | Buffer>;
  withinMs: number;
}

/** Sends one question to an office and waits for what comes back, for so long and no longer. Never rejects. */
export function send<Output>(peers: Peers, procedure: Asked<never, Output>, letter: Letter): Promise<Reply<Output>> {
  const { office, request, withinMs } = letter;
  const metadata = metadataOf(letter.metadata);
  const options = { deadline: Date.now() + withinMs };
  const reply = new Promise<Reply<Output>>((resolve) => {
    let came: Reply<Output>;
    const call = peers
      .client(office)
      .makeUnaryRequest(
        ...([procedure.path, same, same, request, metadata, options] as const),
        (error: ServiceError | null, bytes?: Buffer) => {
          came = error ? refused(office, error) : answered(procedure, office, bytes ?? Buffer.alloc(0));
        },
      );
    // It comes last, with the trailer.
    call.once('status', ({ metadata: trailer }) => {
      resolve({ ...came, receipt: readStatement('receipt', (key) => trailer.get(key)[0]) });
    });
  });
  // A client that was closed meanwhile throws at once.
  return reply.catch((cause) => ({
    outcome: { refusal: new Refusal('OFFICE_UNAVAILABLE', { office, cause }) },
    bytes: null,
    said: null,
  }));
}

function answered<Output>(procedure: Asked<never, Output>, office: OfficeId, bytes: Buffer): Reply<Output> {
  try {
    return { outcome: { answer: procedure.decodeResponse(bytes) }, bytes, said: 'OK' };
  } catch (cause) {
    // An answer with a field that its procedure does not name is not used, and not passed on (DATA).
    return { outcome: { refusal: new Refusal('INTERNAL', { office, cause }) }, bytes, said: 'OK' };
  }
}

function refused(office: OfficeId, error: ServiceError): Reply<never> {
  const { refusal, bytes } = refusedBy(office, error);
  return { outcome: { refusal }, bytes, said: bytes && refusal.reason };
}

/** The refusal in a call's status, and its bytes; null where it is this end's own. */
export function refusedBy(office: OfficeId, error: ServiceError): { refusal: Refusal; bytes: Buffer | null } {
  const [bytes] = error.metadata?.get(STATUS_TRAILER) ?? [];
  const refusal = Buffer.isBuffer(bytes) ? decodeRefusal(bytes) : undefined;
  if (!refusal) return { refusal: withoutReason(office, error), bytes: null };
  const { reason, details } = refusal;
  return { refusal: new Refusal(reason, { office, ...details }), bytes: bytes as Buffer };
}

/** What grpc-js reports by itself: no connection, no answer in time, or an answer that is none. */
function withoutReason(office: OfficeId, error: ServiceError): Refusal {
  const unanswered = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED].includes(error.code);
  const fault = unanswered ? whyUnavailable(error.details) : undefined;
  return new Refusal(unanswered ? 'OFFICE_UNAVAILABLE' : 'INTERNAL', { office, ...(fault && { fault }), cause: error });
}

function same(bytes: Buffer): Buffer {
  return bytes;
}
