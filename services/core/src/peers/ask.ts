import type { AuditLog } from '../audit/audit-log.js';
import { askerId, type Caller, callerUri } from '../domain/caller.js';
import type { Clock } from '../domain/clock.js';
import { isAboutTheLine } from '../domain/cut-off.js';
import type { Account } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import {
  isTimely,
  type ProofStatement,
  proofBytes,
  type ReceiptStatement,
  receiptBytes,
  type SignedStatement,
} from '../domain/proof.js';
import { type Reason, Refusal } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { Network } from '../network.js';
import type { Statements } from '../trust/statements.js';
import type { Asked } from '../wire/procedure.js';
import { byCall, type Carry } from './carry.js';
import type { Peers } from './peers.js';
import { type Reply, readReply } from './send.js';

/** What any office may answer to any question, beside the reasons of the procedure. */
const REASONS_OF_THE_LINE: readonly Reason[] = [
  'INVALID_REQUEST',
  'MESSAGE_TOO_LARGE',
  'CALLER_UNKNOWN',
  'ACCESS_DENIED',
  'RATE_LIMITED',
  'DEADLINE_PASSED',
  'PROOF_NOT_VALID',
  'PROOF_STALE',
  'REPLAYED',
  'MANDATE_NOT_VALID',
  'CUT_OFF',
  'INTERNAL',
];

/** Who asks: this office, over its own connections and into its own log. */
export interface Asker {
  office: OfficeId;
  /** Who asks, where it is no office. */
  as?: Caller;
  peers: Peers;
  audit: AuditLog;
  clock: Clock;
  network: Network;
  statements: Statements;
}

/** What asking takes of an asker. */
export interface AskerAtLeast extends Omit<Asker, 'audit' | 'network'> {
  audit: Pick<AuditLog, 'append'>;
  network: Pick<Network, 'cutOff'>;
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
  /** How it gets there and the answer back; a call of its own, unless something else is said. */
  carry?: Carry;
  /** Whether the other office's words about a refusal are passed on too: to whoever asked it, and to nobody else. */
  words?: boolean;
}

/**
 * Asks another office. The question is in this office's log before it leaves, and the answer before it is used.
 *
 * @throws Refusal with the other office's reason, or OFFICE_UNAVAILABLE where no answer came within the time. Of what
 * the other office says, only that reason is passed on: its words could hold anything. Nor is the field at fault, which
 * is one of a message between offices, and none that anybody filled in here; the other office's technical log has it.
 */
export async function ask<Input, Output>(
  asker: AskerAtLeast,
  procedure: Asked<Input, Output>,
  {
    office,
    request,
    account,
    concerns,
    reasons,
    withinMs,
    carry = byCall(asker.peers),
    words = false,
  }: Question<Input>,
): Promise<Output> {
  const { office: own, as: self = { kind: 'office', office: own }, audit, network } = asker;
  const cut = [own, office].find((one) => network.cutOff(one));
  if (cut && !isAboutTheLine(procedure.path)) throw new Refusal('CUT_OFF', { office: cut });
  const bytes = procedure.encodeRequest(request);
  const { id: exchange, nonce, operator, purpose, mandate } = account;
  const question = {
    ...{ procedure: procedure.path, exchange, nonce, operator, purpose, concerns },
    caller: callerUri(self),
    answering: office,
    request: bytes,
  };
  const proof = await proofOf(asker, { ...question, asking: askerId(self), mandate: mandate?.signature });
  await audit.append({ ...question, event: 'ASKED', outcome: null, answer: null, evidence: { proof, mandate } });
  const due = { exchange, nonce, answering: office, proof: proof.signature, askedAt: proof.at };
  const came = await carry(procedure.path, { office, request: bytes, account, proof, withinMs });
  const reply = await receipted(asker, due, readReply(procedure, office, came));
  const { outcome, receipt, said } = reply;
  const unreceipted = 'refusal' in outcome ? outcome.refusal.reason : 'OK';
  // A receipt is over what the other office said, and is kept beside that, even where its bytes can not be used.
  const result = receipt && said ? said : unreceipted;
  await audit.append({
    ...{ ...question, event: 'ANSWER_RECEIVED', outcome: result, answer: reply.bytes, evidence: { receipt } },
  });
  if ('refusal' in outcome) throw words ? outcome.refusal : ownWords(office, outcome.refusal, reply, reasons);
  return outcome.answer;
}

function proofOf(
  { clock, statements }: AskerAtLeast,
  statement: Omit<ProofStatement, 'askedAt'>,
): Promise<SignedStatement> {
  const askedAt = clock.now();
  return statements.sign(proofBytes({ ...statement, askedAt }), askedAt);
}

type Due = Pick<ReceiptStatement, 'exchange' | 'nonce' | 'answering' | 'proof'> & { askedAt: number };

/** An answer that the other office did not sign for is not used: it could deny it. A refusal tells nothing of anybody. */
async function receipted<Output>(
  { statements, clock }: AskerAtLeast,
  { askedAt, ...stated }: Due,
  reply: Reply<Output>,
): Promise<Reply<Output>> {
  const { bytes, said, receipt } = reply;
  if (bytes === null || said === null) return { ...reply, receipt: undefined };
  const isSigned = async (signed: SignedStatement) => {
    const statement = { ...stated, answeredAt: new Date(signed.at), outcome: said, answer: bytes };
    return (await statements.officeThatSigned(receiptBytes(statement), signed)) === stated.answering;
  };
  const isOfNow = ({ at }: SignedStatement) => isTimely(at, { askedAt, now: clock.now().getTime() });
  if (receipt && isOfNow(receipt) && (await isSigned(receipt))) return reply;
  if (said !== 'OK') return { ...reply, receipt: undefined };
  const cause = new Error('the answer came without a receipt');
  const refusal = new Refusal('INTERNAL', { office: stated.answering, cause });
  return { outcome: { refusal }, bytes, said, receipt: undefined };
}

function ownWords(office: OfficeId, refusal: Refusal, { bytes }: Reply<unknown>, reasons: readonly Reason[]): Refusal {
  if (bytes === null) return refusal;
  const { reason, details, cause } = refusal;
  if (![...REASONS_OF_THE_LINE, ...reasons].includes(reason)) return new Refusal('INTERNAL', { office, cause });
  const { retryAfterSeconds } = details;
  return new Refusal(reason, { office, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }), cause });
}
