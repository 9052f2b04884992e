import { digestOf, purposeDigest, signatureDigest } from './digest.js';
import type { OfficeId } from './office.js';
import type { Reason } from './refusal.js';

/** So far apart may the clock of whoever asks and that of whoever answers be, in milliseconds, either way. */
export const PROOF_WINDOW_MS = 5 * 60_000;

/** What an office signs when it asks: who, for whom, for which purpose, when, once, and over which bytes. */
export interface ProofStatement extends Omit<LoggedProof, 'purposeDigest' | 'requestDigest'> {
  nonce: string;
  purpose: string;
  request: Uint8Array;
}

/** The same as the logs of both offices have it: whoever reads a log can hold the signature against that. */
export interface LoggedProof {
  /** Of the exchange, and never used again. */
  exchange: string;
  /** A gRPC method path. */
  procedure: string;
  /** An office, or an agency: `agency/pension-service`. */
  asking: OfficeId;
  answering: OfficeId;
  operator: string;
  purposeDigest: string;
  /** The signature of the operator's card; undefined where none stands behind the question. */
  mandate?: Uint8Array | undefined;
  askedAt: Date;
  requestDigest: string;
}

/** What an office signs when it answers: over the question's proof, and over the bytes of its answer or refusal. */
export interface ReceiptStatement extends Omit<LoggedReceipt, 'answerDigest'> {
  /** That of the question: what is signed names the answer as the logs of both offices name it. */
  nonce: string;
  answer: Uint8Array;
}

/** The same as the logs have it. */
export interface LoggedReceipt {
  exchange: string;
  answering: OfficeId;
  answeredAt: Date;
  outcome: 'OK' | Reason;
  /** SHA-256 over the signature of the proof is what is signed. */
  proof: Uint8Array;
  answerDigest: string;
}

/** A signature of an office, with what it takes to hold it against the statement. */
export interface SignedStatement {
  /** When it was signed, in milliseconds since 1970 by the network's clock. */
  at: number;
  /** ECDSA P-256 over SHA-256: r and the lower of the two s, 64 bytes; where many share it, their tree's path besides. */
  signature: Buffer;
  /** The certificate of whoever signed, DER. */
  certificate: Buffer;
}

/** Whether a receipt's time can be that of an answer to this question, as far as the two clocks may be apart. */
export function isTimely(answeredAt: number, { askedAt, now }: { askedAt: number; now: number }): boolean {
  return answeredAt >= askedAt - PROOF_WINDOW_MS && answeredAt <= now + PROOF_WINDOW_MS;
}

/** The bytes that a proof is a signature over; one form only. */
export function proofBytes({ nonce, purpose, request, ...statement }: ProofStatement): Buffer {
  const digests = { purposeDigest: purposeDigest(nonce, purpose), requestDigest: digestOf(nonce, request) };
  return loggedProofBytes({ ...statement, ...digests });
}

/** The same bytes, out of a log. */
export function loggedProofBytes(logged: LoggedProof): Buffer {
  const { exchange, procedure, asking, answering, operator, mandate, askedAt, requestDigest } = logged;
  const parts = [exchange, procedure, asking, answering, operator, logged.purposeDigest];
  const card = mandate ? signatureDigest(mandate) : '';
  return canonical('juki-proof/1', [...parts, card, askedAt.toISOString(), requestDigest]);
}

/** The bytes that a receipt is a signature over. */
export function receiptBytes({ nonce, answer, ...statement }: ReceiptStatement): Buffer {
  return loggedReceiptBytes({ ...statement, answerDigest: digestOf(nonce, answer) });
}

/** The same bytes, out of a log. */
export function loggedReceiptBytes(logged: LoggedReceipt): Buffer {
  const { exchange, answering, answeredAt, outcome, proof, answerDigest } = logged;
  const parts = [exchange, answering, answeredAt.toISOString(), outcome];
  return canonical('juki-receipt/1', [...parts, signatureDigest(proof), answerDigest]);
}

/** Each of these is signed for what it is, and can be taken for nothing else. */
function canonical(kind: string, parts: string[]): Buffer {
  return Buffer.from(JSON.stringify([kind, ...parts]));
}
