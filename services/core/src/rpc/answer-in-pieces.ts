import { once } from 'node:events';
import type { handleBidiStreamingCall, Metadata, ServerDuplexStream } from '@grpc/grpc-js';
import type { SignedStatement } from '../domain/proof.js';
import { Refusal, refusalOf } from '../domain/refusal.js';
import { exchangeMetadata } from '../wire/account-metadata.js';
import { type Answering, answerQuestion, type Desk, type Question } from './answer.js';
import { callerLetIn, exchangeOfCall, faultInAccountOf } from './exchange-of-call.js';
import { statusOf } from './status.js';

/** A piece of a stream: a question of its own, with what a call has in its metadata. */
interface Piece {
  exchange: string;
  nonce: string;
  proof: SignedStatement | undefined;
  /** What the proof is over. */
  request: Buffer;
}

/** The answer to a piece. */
interface AnsweredPiece {
  exchange: string;
  receipt: SignedStatement | undefined;
  answer: Buffer;
}

/** How the pieces of a stream are opened, answered and closed. */
export interface AnswerInPieces extends Answering {
  /** @throws Refusal INVALID_REQUEST */
  open(message: Buffer): Piece;
  close(answered: AnsweredPiece): Buffer;
}

type Call = ServerDuplexStream<Buffer, Buffer>;

/**
 * A grpc-js handler that answers a stream piece by piece, one after the other: each is proved, logged and receipted as a
 * call would be, and no more than one is in work. A refusal ends the stream.
 */
export function answeringInPieces(
  desk: Desk,
  procedure: string,
  pieces: AnswerInPieces,
): handleBidiStreamingCall<Buffer, Buffer> {
  return (call) => {
    void answerAll(desk, procedure, pieces, call).catch((error) => {
      if (!call.cancelled) call.emit('error', statusOf(refusalOf(error)));
    });
  };
}

async function answerAll(desk: Desk, procedure: string, pieces: AnswerInPieces, call: Call): Promise<void> {
  // A stream that a refusal has destroyed would not tell the refusal.
  for await (const message of call.iterator({ destroyOnReturn: false })) {
    const question = questionIn(desk, procedure, pieces, call.metadata, message as Buffer);
    const { outcome, receipt } = await answerQuestion(desk, pieces, question);
    if (outcome instanceof Refusal) throw outcome;
    if (call.cancelled) return;
    const isRoom = call.write(pieces.close({ exchange: question.exchange.id, receipt, answer: outcome }));
    // Whoever does not read what is answered is answered nothing more.
    if (!isRoom) await Promise.race([once(call, 'drain'), once(call, 'cancelled'), once(call, 'close')]);
  }
  call.end();
}

/** What is no piece at all is a question without an account: refused, and logged as that. */
function questionIn(
  desk: Desk,
  procedure: string,
  pieces: AnswerInPieces,
  metadata: Metadata,
  message: Buffer,
): Question {
  const caller = callerLetIn(metadata);
  try {
    const { exchange, nonce, proof, request } = pieces.open(message);
    const own = metadata.clone();
    for (const [key, value] of Object.entries(exchangeMetadata({ id: exchange, nonce }))) own.set(key, value);
    const asked = exchangeOfCall(own, caller, desk);
    return { procedure, request, exchange: asked, accountFault: faultInAccountOf(own, asked), proof };
  } catch (error) {
    const { field = 'piece' } = refusalOf(error).details;
    const exchange = exchangeOfCall(metadata, caller, desk);
    return { procedure, request: message, exchange, accountFault: field || 'piece', proof: undefined };
  }
}
