import type { ClientDuplexStream, ServiceError, StatusObject } from '@grpc/grpc-js';
import type { Evidence, Occurrence } from '#core/audit/entry.js';
import { askerId, callerUri } from '#core/domain/caller.js';
import { newNonce } from '#core/domain/exchange.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { isTimely, proofBytes, receiptBytes, type SignedStatement } from '#core/domain/proof.js';
import { PROVISION } from '#core/domain/provision/inquiry.js';
import { Refusal } from '#core/domain/refusal.js';
import { refusedBy } from '#core/peers/send.js';
import { accountMetadata } from '#core/wire/account-metadata.js';
import { metadataOf } from '#core/wire/call-metadata.js';
import type { BatchProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/BatchProvisionService.js';
import { readPieceAnswered, writePieceAsked } from '#core/wire/piece-message.js';
import { procedures } from '#core/wire/procedure.js';
import type { AskingAgency } from './ask-centre.js';

const { ProvideBatch } = procedures<BatchProvisionServiceDefinition>('juki.provision.v1.BatchProvisionService');
/** A batch takes as long as it takes; a piece of it does not. */
const PIECE_MS = 60_000;

/** A stream of pieces that is open. */
export interface OpenPieces {
  /** Sends a piece. Resolves once there is room for the next one. */
  ask(piece: Buffer): Promise<void>;
  /** The bytes of the answers, in the order of the pieces. Throws the centre's refusal, or OFFICE_UNAVAILABLE. */
  answers(): AsyncGenerator<Buffer>;
  end(): void;
}

/** What has been asked and not been answered. */
interface Asked {
  nonce: string;
  proof: SignedStatement;
  request: Buffer;
}

type Call = ClientDuplexStream<Buffer, Buffer>;

/** @returns a function that opens a stream to the centre; each piece is proved by itself, each answer held against its receipt. */
export function openPieces(agency: AskingAgency): () => OpenPieces {
  return () => {
    const { peers, newId, operator } = agency;
    const account = { id: newId(), nonce: newNonce(agency), operator, purpose: PROVISION };
    const metadata = metadataOf(accountMetadata(account));
    const call: Call = peers.client(NATIONAL_CENTRE).makeBidiStreamRequest(ProvideBatch.path, same, same, metadata, {});
    const asked = new Map<string, Asked>();
    const ended = statusOf(call);
    return {
      async ask(piece) {
        const exchange = newId();
        const question = await proved(agency, exchange, piece);
        asked.set(exchange, question);
        const isRoom = call.write(writePieceAsked({ exchange, ...question }));
        if (!isRoom) await Promise.race([new Promise((resolve) => call.once('drain', resolve)), ended]);
      },
      answers: () => answersOn(agency, { call, asked, ended }),
      end: () => void call.end(),
    };
  };
}

async function proved(agency: AskingAgency, exchange: string, request: Buffer): Promise<Asked> {
  const { statements, clock, operator, as } = agency;
  const [nonce, askedAt] = [newNonce(agency), clock.now()];
  const bytes = proofBytes({
    ...{ exchange, nonce, procedure: ProvideBatch.path, asking: askerId(as), answering: NATIONAL_CENTRE },
    ...{ operator, purpose: PROVISION, askedAt, request },
  });
  const proof = await statements.sign(bytes, askedAt);
  await agency.audit.append(occurrence(agency, { exchange, nonce, request }, 'ASKED', null, { proof }));
  return { nonce, proof, request };
}

interface OpenCall {
  call: Call;
  asked: Map<string, Asked>;
  ended: Promise<StatusObject>;
}

/** Each is held against its receipt; what was asked and is not answered when the stream ends is refused. */
async function* answersOn(agency: AskingAgency, { call, asked, ended }: OpenCall): AsyncGenerator<Buffer> {
  const messages: AsyncIterator<Buffer> = call[Symbol.asyncIterator]();
  try {
    for (let next = await nextOf(call, messages); !next.done; next = await nextOf(call, messages))
      yield await receipted(agency, next.value, asked);
  } finally {
    // Also where nobody reads on.
    call.cancel();
  }
  const status = await ended;
  if (status.code !== 0) throw refusedBy(NATIONAL_CENTRE, status as ServiceError).refusal;
}

async function nextOf(call: Call, messages: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer, undefined>> {
  const timer = setTimeout(() => call.cancel(), PIECE_MS);
  try {
    return await messages.next();
  } catch {
    // The status says why.
    return { done: true, value: undefined };
  } finally {
    clearTimeout(timer);
  }
}

function statusOf(call: Call): Promise<StatusObject> {
  // What it says is told by the status.
  call.on('error', () => {});
  return new Promise((resolve) => call.once('status', resolve));
}

async function receipted(agency: AskingAgency, message: Buffer, asked: Map<string, Asked>): Promise<Buffer> {
  const { exchange, receipt, answer } = readPieceAnswered(message);
  const question = asked.get(exchange);
  asked.delete(exchange);
  if (!question || !receipt || !(await isReceiptOf(agency, exchange, question, receipt, answer)))
    throw new Refusal('INTERNAL', { office: NATIONAL_CENTRE, fault: 'answered a piece without a receipt' });
  await agency.audit.append(occurrence(agency, { exchange, ...question }, 'ANSWER_RECEIVED', answer, { receipt }));
  return answer;
}

async function isReceiptOf(
  { statements, clock }: AskingAgency,
  exchange: string,
  { nonce, proof }: Asked,
  receipt: SignedStatement,
  answer: Buffer,
): Promise<boolean> {
  if (!isTimely(receipt.at, { askedAt: proof.at, now: clock.now().getTime() })) return false;
  const bytes = receiptBytes({
    ...{ exchange, nonce, answering: NATIONAL_CENTRE, answeredAt: new Date(receipt.at), proof: proof.signature },
    ...{ outcome: 'OK', answer },
  });
  return (await statements.officeThatSigned(bytes, receipt)) === NATIONAL_CENTRE;
}

function occurrence(
  { as, operator }: AskingAgency,
  { exchange, nonce, request }: { exchange: string; nonce: string; request: Buffer },
  event: 'ASKED' | 'ANSWER_RECEIVED',
  answer: Buffer | null,
  evidence: Evidence,
): Occurrence {
  return {
    ...{
      event,
      procedure: ProvideBatch.path,
      exchange,
      nonce,
      operator,
      purpose: PROVISION,
      request,
      answer,
      evidence,
    },
    ...{ caller: callerUri(as), answering: NATIONAL_CENTRE, outcome: answer && 'OK', concerns: [] },
  };
}

function same(bytes: Buffer): Buffer {
  return bytes;
}
