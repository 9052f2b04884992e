import { createHash } from 'node:crypto';
import type { Reason } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';

/**
 * One line of an office's log. An office writes
 * ASKED before a question leaves it, ANSWER_RECEIVED when the answer is there or will not come, and
 * ANSWERED before its own answer or refusal leaves it (LOG).
 */
export interface AuditEntry {
  /** ISO 8601, by the network's clock. */
  at: string;
  event: 'ASKED' | 'ANSWER_RECEIVED' | 'ANSWERED';
  /** A gRPC method path, or an HTTP method and route. */
  procedure: string;
  /** Names one question and its answer, the same at both ends. */
  exchange: string;
  /** The URI of the certificate behind the question. */
  caller: string;
  /** Who at the caller's office acts, where the caller is an office. */
  operator: string | null;
  /** The office that answers. */
  answering: string;
  purpose: string;
  /** Null for ASKED. */
  outcome: 'OK' | Reason | null;
  /** SHA-256 over the question's bytes, hex; null where it was refused unread. */
  requestDigest: string | null;
  /** SHA-256 over the answer's bytes, hex; null where there was none. */
  answerDigest: string | null;
}

/** Whom an entry is about, and the salt that hides it in the leaf. */
export interface Subject {
  residentRecordCode: ResidentRecordCode;
  salt: string;
}

/** The entry as the text that the log keeps: one form only, so that its hash can be compared (a leaf of the tree). */
export function leafOf(entry: AuditEntry, subjects: Subject[]): string {
  return JSON.stringify({
    at: entry.at,
    event: entry.event,
    procedure: entry.procedure,
    exchange: entry.exchange,
    caller: entry.caller,
    operator: entry.operator,
    answering: entry.answering,
    purpose: entry.purpose,
    outcome: entry.outcome,
    requestDigest: entry.requestDigest,
    answerDigest: entry.answerDigest,
    subjects: subjects.map(commitment),
  });
}

/** Hides a code behind a salt: the log can be shown to anyone, and opened for the person it is about. */
function commitment({ residentRecordCode, salt }: Subject): string {
  return createHash('sha256').update(`${salt}:${residentRecordCode}`).digest('hex');
}

export function digestOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
