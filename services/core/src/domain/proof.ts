import { createHash } from 'node:crypto';
import type { OfficeId } from './office.js';
import type { Reason } from './refusal.js';

/** So far apart may the clock of whoever asks and that of whoever answers be, in milliseconds, either way. */
export const PROOF_WINDOW_MS = 5 * 60_000;

/** What an office signs when it asks: who, for whom, for which purpose, when, once, and over which bytes. */
export interface ProofStatement {
  /** Of the exchange, and never used again. */
  exchange: string;
  nonce: string;
  /** A gRPC method path. */
  procedure: string;
  asking: OfficeId;
  answering: OfficeId;
  operator: string;
  purpose: string;
  /** The signature of the operator's card; undefined where none stands behind the question. */
  mandate?: Uint8Array | undefined;
  askedAt: Date;
  request: Uint8Array;
}

/** What an office signs when it answers: over the question's proof, and over the bytes of its answer or refusal. */
export interface ReceiptStatement {
  exchange: string;
  /** That of the question: what is signed names the answer as the logs of both offices name it. */
  nonce: string;
  answering: OfficeId;
  answeredAt: Date;
  outcome: 'OK' | Reason;
  /** The signature of the proof. */
  proof: Uint8Array;
  answer: Uint8Array;
}

/** A signature of an office, with what it takes to hold it against the statement. */
export interface SignedStatement {
  /** When it was signed, in milliseconds since 1970 by the network's clock. */
  at: number;
  /** ECDSA P-256 over SHA-256: r and the lower of the two s, 64 bytes. */
  signature: Buffer;
  /** The certificate of whoever signed, DER. */
  certificate: Buffer;
}

/** Whether a receipt's time can be that of an answer to this question, as far as the two clocks may be apart. */
export function isTimely(answeredAt: number, { askedAt, now }: { askedAt: number; now: number }): boolean {
  return answeredAt >= askedAt - PROOF_WINDOW_MS && answeredAt <= now + PROOF_WINDOW_MS;
}

/** The bytes that a proof is a signature over; one form only. */
export function proofBytes(statement: ProofStatement): Buffer {
  const { exchange, nonce, procedure, asking, answering, operator, purpose, mandate, askedAt, request } = statement;
  const parts = [exchange, nonce, procedure, asking, answering, operator, purpose, mandate ? sha256(mandate) : ''];
  return canonical('juki-proof/1', [...parts, askedAt.toISOString(), digest(nonce, request)]);
}

/** The bytes that a receipt is a signature over. */
export function receiptBytes(statement: ReceiptStatement): Buffer {
  const { exchange, nonce, answering, answeredAt, outcome, proof, answer } = statement;
  const parts = [exchange, answering, answeredAt.toISOString(), outcome];
  return canonical('juki-receipt/1', [...parts, sha256(proof), digest(nonce, answer)]);
}

/** Each of these is signed for what it is, and can be taken for nothing else. */
function canonical(kind: string, parts: string[]): Buffer {
  return Buffer.from(JSON.stringify([kind, ...parts]));
}

/** As the leaves of the logs have it (`digestOf`), so that these alone can be held against the signature. */
function digest(nonce: string, bytes: Uint8Array): string {
  return createHash('sha256').update(`${nonce}:`).update(bytes).digest('hex');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
