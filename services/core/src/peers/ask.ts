import type { AuditLog } from '../audit/audit-log.js';
import { digestOf } from '../audit/entry.js';
import { callerUri } from '../domain/caller.js';
import type { Account } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { ACCOUNT_KEYS } from '../wire/account-metadata.js';
import type { Asked } from '../wire/procedure.js';
import type { Peers } from './peers.js';
import { send } from './send.js';

/** Who asks: this office, over its own connections and into its own log. */
export interface Asker {
  office: OfficeId;
  peers: Peers;
  audit: AuditLog;
  newId: () => string;
}

interface Question<Input> {
  office: OfficeId;
  request: Input;
  account: Account;
  /** The records that the question is about, as far as their codes are known. */
  concerns: ResidentRecordCode[];
  /** How long an answer is waited for. */
  withinMs: number;
}

/**
 * Asks another office. The question is in this office's log before it leaves, and the answer before it is used.
 *
 * @throws Refusal with the other office's reason, or OFFICE_UNAVAILABLE where no answer came within the time.
 */
export async function ask<Input, Output>(
  { office: self, peers, audit, newId }: Asker,
  procedure: Asked<Input, Output>,
  { office, request, account, concerns, withinMs }: Question<Input>,
): Promise<Output> {
  const exchange = newId();
  const bytes = procedure.encodeRequest(request);
  const entry = {
    procedure: procedure.path,
    exchange,
    caller: callerUri({ kind: 'office', office: self }),
    operator: account.operator,
    answering: office,
    purpose: account.purpose,
    requestDigest: digestOf(bytes),
  };
  await audit.append({ ...entry, event: 'ASKED', outcome: null, answerDigest: null }, concerns);
  const metadata = {
    [ACCOUNT_KEYS.exchange]: exchange,
    [ACCOUNT_KEYS.operator]: account.operator,
    [ACCOUNT_KEYS.purpose]: account.purpose,
  };
  const { outcome, answerDigest } = await send(peers, procedure, { office, request: bytes, metadata, withinMs });
  const result = 'refusal' in outcome ? outcome.refusal.reason : 'OK';
  await audit.append({ ...entry, event: 'ANSWER_RECEIVED', outcome: result, answerDigest }, concerns);
  if ('refusal' in outcome) throw outcome.refusal;
  return outcome.answer;
}
