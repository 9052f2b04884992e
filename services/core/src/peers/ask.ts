import type { AuditLog } from '../audit/audit-log.js';
import { callerUri } from '../domain/caller.js';
import type { Account } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { type Reason, Refusal } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { accountMetadata } from '../wire/account-metadata.js';
import type { Asked } from '../wire/procedure.js';
import type { Peers } from './peers.js';
import { type Reply, send } from './send.js';

/** What any office may answer to any question, beside the reasons of the procedure. */
const REASONS_OF_THE_LINE: readonly Reason[] = [
  'INVALID_REQUEST',
  'MESSAGE_TOO_LARGE',
  'CALLER_UNKNOWN',
  'ACCESS_DENIED',
  'RATE_LIMITED',
  'DEADLINE_PASSED',
  'INTERNAL',
];

/** Who asks: this office, over its own connections and into its own log. */
export interface Asker {
  office: OfficeId;
  peers: Peers;
  audit: AuditLog;
}

interface Question<Input> {
  office: OfficeId;
  request: Input;
  account: Account;
  /** The records that the question is about, as far as their codes are known. */
  concerns: ResidentRecordCode[];
  /** What the other office may refuse with, beside the reasons of the line. */
  reasons: readonly Reason[];
  /** How long an answer is waited for. */
  withinMs: number;
}

/**
 * Asks another office. The question is in this office's log before it leaves, and the answer before it is used.
 *
 * @throws Refusal with the other office's reason, or OFFICE_UNAVAILABLE where no answer came within the time. Of what
 * the other office says, only that reason is passed on: its words could hold anything.
 */
export async function ask<Input, Output>(
  { office: self, peers, audit }: Asker,
  procedure: Asked<Input, Output>,
  { office, request, account, concerns, reasons, withinMs }: Question<Input>,
): Promise<Output> {
  const bytes = procedure.encodeRequest(request);
  const { id: exchange, nonce, operator, purpose } = account;
  const question = {
    ...{ procedure: procedure.path, exchange, nonce, operator, purpose, concerns },
    caller: callerUri({ kind: 'office', office: self }),
    answering: office,
    request: bytes,
  };
  await audit.append({ ...question, event: 'ASKED', outcome: null, answer: null });
  const reply = await send(peers, procedure, { office, request: bytes, metadata: accountMetadata(account), withinMs });
  const { outcome } = reply;
  const result = 'refusal' in outcome ? outcome.refusal.reason : 'OK';
  await audit.append({ ...question, event: 'ANSWER_RECEIVED', outcome: result, answer: reply.bytes });
  if ('refusal' in outcome) throw ownWords(office, outcome.refusal, reply, reasons);
  return outcome.answer;
}

function ownWords(office: OfficeId, refusal: Refusal, { bytes }: Reply<unknown>, reasons: readonly Reason[]): Refusal {
  if (bytes === null) return refusal;
  const { reason, details, cause } = refusal;
  if (![...REASONS_OF_THE_LINE, ...reasons].includes(reason)) return new Refusal('INTERNAL', { office, cause });
  const { retryAfterSeconds } = details;
  return new Refusal(reason, { office, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }), cause });
}
