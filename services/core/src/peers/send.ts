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

/** A refusal, and the bytes of it as a google.rpc.Status; null where no answer arrived, and it is this end's own. */
interface Refused {
  refusal: Refusal;
  bytes: Buffer | null;
}

/** What came back, as it came. */
export interface Came {
  outcome: { answer: Buffer } | Refused;
  receipt?: SignedStatement | undefined;
}

/** Sends one question to an office and waits for what comes back, for so long and no longer. Never rejects. */
export async function send<Output>(
  peers: Peers,
  procedure: Asked<never, Output>,
  letter: Letter,
): Promise<Reply<Output>> {
  return readReply(procedure, letter.office, await call(peers, procedure.path, letter));
}

/** As send, of any bytes to any method. */
export function call(peers: Peers, path: string, letter: Letter): Promise<Came> {
  const { office, request, withinMs } = letter;
  const metadata = metadataOf(letter.metadata);
  const options = { deadline: Date.now() + withinMs };
  const came = new Promise<Came>((resolve) => {
    let outcome: Came['outcome'];
    const sent = peers
      .client(office)
      .makeUnaryRequest(
        ...([path, same, same, request, metadata, options] as const),
        (error: ServiceError | null, bytes?: Buffer) => {
          outcome = error ? refusedBy(office, error) : { answer: bytes ?? Buffer.alloc(0) };
        },
      );
    // It comes last, with the trailer.
    sent.once('status', ({ metadata: trailer }) => {
      resolve({ outcome, receipt: readStatement('receipt', (key) => trailer.get(key)[0]) });
    });
  });
  // A client that was closed meanwhile throws at once.
  return came.catch((cause) => ({
    outcome: { refusal: new Refusal('OFFICE_UNAVAILABLE', { office, cause }), bytes: null },
  }));
}

/** Never throws. */
export function readReply<Output>(
  procedure: Asked<never, Output>,
  office: OfficeId,
  { outcome, receipt }: Came,
): Reply<Output> {
  if ('answer' in outcome) return { ...answered(procedure, office, outcome.answer), receipt };
  const { refusal, bytes } = outcome;
  return { outcome: { refusal }, bytes, said: bytes && refusal.reason, receipt };
}

function answered<Output>(procedure: Asked<never, Output>, office: OfficeId, bytes: Buffer): Reply<Output> {
  try {
    return { outcome: { answer: procedure.decodeResponse(bytes) }, bytes, said: 'OK' };
  } catch (cause) {
    // An answer with a field that its procedure does not name is not used, and not passed on (DATA).
    return { outcome: { refusal: new Refusal('INTERNAL', { office, cause }) }, bytes, said: 'OK' };
  }
}

/** Why a call was not answered. */
export function refusedBy(office: OfficeId, error: ServiceError): Refused {
  const [bytes] = error.metadata?.get(STATUS_TRAILER) ?? [];
  const refused = Buffer.isBuffer(bytes) ? refusedWith(office, bytes) : undefined;
  return refused ?? { refusal: withoutReason(office, error), bytes: null };
}

/** The refusal of an office in a google.rpc.Status; undefined where it holds none. */
export function refusedWith(office: OfficeId, bytes: Buffer): Refused | undefined {
  const refusal = decodeRefusal(bytes);
  return refusal && { refusal: new Refusal(refusal.reason, { office, ...refusal.details }), bytes };
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
