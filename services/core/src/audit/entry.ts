import { digestOf, purposeDigest, signatureDigest } from '../domain/digest.js';
import type { Mandate } from '../domain/mandate.js';
import type { SignedStatement } from '../domain/proof.js';
import type { Provision } from '../domain/provision/provision.js';
import type { Reason } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';

/**
 * One line of an office's log. An office writes
 * ASKED before a question leaves it, ANSWER_RECEIVED when the answer is there or will not come, and
 * ANSWERED before its own answer or refusal leaves it (LOG), and
 * RECORDED in one transaction with an act that changes its register.
 */
interface Happening {
  event: 'ASKED' | 'ANSWER_RECEIVED' | 'ANSWERED' | 'RECORDED';
  /** A gRPC method path, or an HTTP method and route; for RECORDED, what was done: `register/MOVE_IN`. */
  procedure: string;
  /** Names one question and its answer, the same at both ends. */
  exchange: string;
  /** The URI of the certificate behind the question. */
  caller: string;
  /** Who at the caller's office acts, where the caller is an office. */
  operator: string | null;
  /** The office that answers. */
  answering: string;
  /** A term of the procedure, or the operator's words. */
  purpose: string;
  /** Null for ASKED. Beside a receipt, what the other office signed for, whether or not it could be used. */
  outcome: 'OK' | Reason | null;
  /** Of a provision alone: by which right, and what was given. */
  provision?: Provision | undefined;
}

/** What happened, with what passed: the log keeps digests of it and commitments to it. */
export interface Occurrence extends Happening {
  /** The bytes of another office's question; null where it was refused unread, and of an operator's. */
  request: Uint8Array | null;
  /** The answer's or refusal's bytes; null where none arrived. */
  answer: Uint8Array | null;
  /** 32 hex digits, the same at both ends of an exchange: without it, a digest tells nothing of what it is over. */
  nonce: string;
  /** Whose records it is about. */
  concerns: Iterable<ResidentRecordCode>;
  /** What was signed; absent where it concerns this office alone. */
  evidence?: Evidence;
}

/** What the two offices of an exchange have signed. */
export interface Evidence {
  proof?: SignedStatement | undefined;
  receipt?: SignedStatement | undefined;
  /** Of the operator's card; the proof is over it, too. */
  mandate?: Mandate | undefined;
}

/** What a leaf says: it can be shown to anybody. Codes, purposes and messages are in it behind the log's key and nonces. */
export interface Leaf extends Omit<Happening, 'purpose'> {
  /** ISO 8601, by the network's clock. */
  at: string;
  purposeDigest: string;
  /** Null where it was refused unread, and where an operator asks: a PIN is guessed from a digest. */
  requestDigest: string | null;
  answerDigest: string | null;
  /** SHA-256 over the signature, hex. */
  proofDigest: string | null;
  receiptDigest: string | null;
  /** A tag for each person whom the entry is about and no earlier one of this question. */
  subjects: string[];
}

/** Whether an entry is the last of a question at its office. */
export function endsQuestion(event: Leaf['event']): boolean {
  return event === 'ANSWERED' || event === 'ANSWER_RECEIVED';
}

/** An entry, as the office that wrote it reads it back. */
export interface AuditEntry extends Leaf {
  purpose: string;
}

/** The text that the log keeps: one form only, so that its hash can be compared (a leaf of the tree). */
export function leafOf(at: string, occurrence: Occurrence, subjects: readonly string[]): string {
  const { event, procedure, exchange, caller, operator, answering, purpose, outcome, nonce } = occurrence;
  const { proof, receipt } = occurrence.evidence ?? {};
  return JSON.stringify({
    ...{ at, event, procedure, exchange, caller, operator, answering, outcome },
    purposeDigest: purposeDigest(nonce, purpose),
    requestDigest: occurrence.request && digestOf(nonce, occurrence.request),
    answerDigest: occurrence.answer && digestOf(nonce, occurrence.answer),
    proofDigest: proof ? signatureDigest(proof.signature) : null,
    receiptDigest: receipt ? signatureDigest(receipt.signature) : null,
    subjects,
    provision: occurrence.provision,
  });
}
