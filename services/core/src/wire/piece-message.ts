import type { SignedStatement } from '../domain/proof.js';
import type { ProvisionAnswer } from '../domain/provision/inquiry.js';
import type { BatchAnswers, BatchAnswers__Output } from './generated/juki/provision/v1/BatchAnswers.js';
import type { BatchPiece, BatchPiece__Output } from './generated/juki/provision/v1/BatchPiece.js';
import type {
  ProvideBatchRequest,
  ProvideBatchRequest__Output,
} from './generated/juki/provision/v1/ProvideBatchRequest.js';
import type {
  ProvideBatchResponse,
  ProvideBatchResponse__Output,
} from './generated/juki/provision/v1/ProvideBatchResponse.js';
import { plainOf } from './plain.js';
import { answerOfMessage } from './provision-message.js';
import { message } from './schema.js';
import { statementMessage, statementOf } from './statement-message.js';
import { checkStrictly } from './strict-check.js';

const V1 = 'juki.provision.v1';
const ASKED = message<ProvideBatchRequest, ProvideBatchRequest__Output>(`${V1}.ProvideBatchRequest`);
const ANSWERED = message<ProvideBatchResponse, ProvideBatchResponse__Output>(`${V1}.ProvideBatchResponse`);
const PIECE = message<BatchPiece, BatchPiece__Output>(`${V1}.BatchPiece`);
const ANSWERS = message<BatchAnswers, BatchAnswers__Output>(`${V1}.BatchAnswers`);

/** A piece of a batch, as it is asked: what a call has in its metadata, and the bytes that are signed. */
export interface PieceAsked {
  exchange: string;
  nonce: string;
  proof: SignedStatement | undefined;
  request: Buffer;
}

/** A piece, as it is answered. */
export interface PieceAnswered {
  exchange: string;
  receipt: SignedStatement | undefined;
  answer: Buffer;
}

export function writePieceAsked({ exchange, nonce, proof, request }: PieceAsked): Buffer {
  return ASKED.serialize({ exchange, nonce, piece: request, ...(proof && { proof: statementMessage(proof) }) });
}

/** @throws Refusal INVALID_REQUEST */
export function openPiece(bytes: Buffer): PieceAsked {
  checkStrictly(`${V1}.ProvideBatchRequest`, bytes);
  const { exchange, nonce, proof, piece } = ASKED.deserialize(bytes);
  return { exchange, nonce, proof: statementOf(proof), request: piece as Buffer };
}

export function closePiece({ exchange, receipt, answer }: PieceAnswered): Buffer {
  return ANSWERED.serialize({ exchange, answers: answer, ...(receipt && { receipt: statementMessage(receipt) }) });
}

/** @throws Refusal INVALID_REQUEST */
export function readPieceAnswered(bytes: Buffer): PieceAnswered {
  checkStrictly(`${V1}.ProvideBatchResponse`, bytes);
  const { exchange, receipt, answers } = ANSWERED.deserialize(bytes);
  return { exchange, receipt: statementOf(receipt), answer: answers as Buffer };
}

export function encodePiece(piece: BatchPiece): Buffer {
  return PIECE.serialize(piece);
}

/** In the shape that schemas read. @throws Refusal INVALID_REQUEST */
export function decodePiece(bytes: Buffer): object {
  checkStrictly(`${V1}.BatchPiece`, bytes);
  return plainOf(`${V1}.BatchPiece`, PIECE.deserialize(bytes));
}

/** Which piece, and what is told of its people. @throws Refusal INVALID_REQUEST, RangeError where it is no answer */
export function decodeBatchAnswers(bytes: Buffer): { number: number; answers: ProvisionAnswer[] } {
  checkStrictly(`${V1}.BatchAnswers`, bytes);
  const { number, answers } = ANSWERS.deserialize(bytes);
  return { number, answers: answers.map(answerOfMessage) };
}
