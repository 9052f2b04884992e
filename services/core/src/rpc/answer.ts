import type { handleUnaryCall } from '@grpc/grpc-js';
import type { AuditLog } from '../audit/audit-log.js';
import type { KnockCounter } from '../audit/count-knocks.js';
import type { Evidence } from '../audit/entry.js';
import type { Allowances } from '../domain/allowance.js';
import { callerUri } from '../domain/caller.js';
import type { Clock } from '../domain/clock.js';
import type { Exchange, Fresh } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { receiptBytes, type SignedStatement } from '../domain/proof.js';
import { Refusal, refusalOf } from '../domain/refusal.js';
import { faultOf, type Logger } from '../logger.js';
import type { Network } from '../network.js';
import type { Sessions } from '../operators/session.js';
import type { Statements } from '../trust/statements.js';
import { metadataOf } from '../wire/call-metadata.js';
import { encodeRefusal } from '../wire/refusal-status.js';
import { readStatement, statementMetadata } from '../wire/statement-metadata.js';
import { checkMandate } from './check-mandate.js';
import type { ProofCheck } from './check-proof.js';
import { callerLetIn, exchangeOfCall, faultInAccountOf } from './exchange-of-call.js';
import { statusOf } from './status.js';

/** How an office answers one procedure. A refusal that it throws is what the caller is told. */
export type Answer<Request, Response> = (request: Request, exchange: Exchange) => Promise<Response>;

/** What every answer of a node needs. */
export interface Desk extends Fresh {
  office: OfficeId;
  audit: AuditLog;
  logger: Logger;
  clock: Clock;
  network: Network;
  statements: Statements;
  proofs: ProofCheck;
}

/** What is needed besides before a call comes to be answered. */
export interface DoorDesk extends Desk {
  allowances: Allowances;
  knocks: KnockCounter;
  sessions: Sessions;
}

/** How the bytes of a question are read and answered. */
export interface Answering {
  /** In bytes, of a question. */
  largest: number;
  /** @throws Refusal, which is what the caller is told */
  answer: (request: Buffer, exchange: Exchange) => Promise<Buffer>;
}

/** A question, as it arrived. */
export interface Question {
  procedure: string;
  request: Buffer;
  exchange: Exchange;
  /** The part of its account that is missing or malformed. */
  accountFault: string | undefined;
  proof: SignedStatement | undefined;
}

/** What may leave. */
export interface Outcome {
  outcome: Buffer | Refusal;
  receipt: SignedStatement | undefined;
}

/** A grpc-js handler around an answer. */
export function answeringCalls(desk: Desk, path: string, answering: Answering): handleUnaryCall<Buffer, Buffer> {
  return async (call, callback) => {
    const { request, metadata } = call;
    const exchange = exchangeOfCall(metadata, callerLetIn(metadata), desk);
    const accountFault = faultInAccountOf(metadata, exchange);
    const proof = readStatement('proof', (key) => metadata.get(key)[0]);
    const question = { procedure: path, request, exchange, accountFault, proof };
    const { outcome, receipt } = await answerQuestion(desk, answering, question);
    const trailer = metadataOf(receipt ? statementMetadata('receipt', receipt) : {});
    if (outcome instanceof Refusal) callback({ ...statusOf(outcome, trailer) });
    else callback(null, outcome, trailer);
  };
}

/**
 * Whatever happens to a question, be it malformed, refused, failed or answered, leaves exactly one entry in the log, and
 * the entry is durable before the answer leaves (LOG).
 */
export async function answerQuestion(desk: Desk, answering: Answering, question: Question): Promise<Outcome> {
  const { procedure, exchange } = question;
  const answered = await answerOf(desk, answering, question);
  const { outcome, proof, receipt: signed } = await signedFor(desk, exchange, answered);
  // What an office did not prove may be anybody's, and anything.
  const mandate = proof || exchange.caller.kind === 'operator' ? exchange.mandate : undefined;
  const accountedFor = await account(desk, question, outcome, { proof, receipt: signed, mandate });
  if (proof) desk.proofs.isLogged(exchange);
  tell(desk.logger, procedure, exchange, accountedFor);
  // What was not logged is not signed for: a receipt lets its holder try what the answer was.
  return { outcome: accountedFor, receipt: accountedFor === outcome ? signed : undefined };
}

interface Answered {
  outcome: Buffer | Refusal;
  /** Of an office or an agency that proved its question. */
  proof: SignedStatement | undefined;
}

async function answerOf(desk: Desk, { largest, answer }: Answering, question: Question): Promise<Answered> {
  const { request, exchange, accountFault: field } = question;
  let proof: SignedStatement | undefined;
  try {
    if (request.length > largest) throw new Refusal('MESSAGE_TOO_LARGE');
    if (field) throw new Refusal('INVALID_REQUEST', { field, fault: 'is missing or malformed' });
    proof = await desk.proofs.check(question);
    await checkMandate(desk, question.procedure, exchange);
    return { outcome: await answer(request, exchange), proof };
  } catch (error) {
    const { reason, details, cause } = refusalOf(error);
    return { outcome: new Refusal(reason, { office: desk.office, ...details, cause }), proof };
  }
}

/** With a receipt. Where none can be signed, nothing but the failure may leave. */
async function signedFor(
  desk: Desk,
  exchange: Exchange,
  { outcome, proof }: Answered,
): Promise<Answered & { receipt: SignedStatement | undefined }> {
  try {
    return { outcome, proof, receipt: await receiptFor(desk, exchange, outcome, proof) };
  } catch (cause) {
    return { outcome: new Refusal('INTERNAL', { office: desk.office, cause }), proof, receipt: undefined };
  }
}

/** Over the question's proof and the answer: neither office can deny what passed. There is none without a proof. */
async function receiptFor(
  { office, clock, statements }: Desk,
  { id, nonce }: Exchange,
  outcome: Buffer | Refusal,
  proof: SignedStatement | undefined,
): Promise<SignedStatement | undefined> {
  if (!proof) return undefined;
  const answeredAt = clock.now();
  const refused = outcome instanceof Refusal;
  const statement = { exchange: id, nonce, answering: office, answeredAt, proof: proof.signature };
  const answer = refused ? encodeRefusal(outcome).status : outcome;
  const bytes = receiptBytes({ ...statement, outcome: refused ? outcome.reason : 'OK', answer });
  return statements.sign(bytes, answeredAt);
}

/** Writes the entry; where that fails, nothing but the failure may leave. */
async function account(
  { office, audit }: Desk,
  { procedure, request, exchange }: Question,
  outcome: Buffer | Refusal,
  evidence: Evidence,
): Promise<Buffer | Refusal> {
  const refused = outcome instanceof Refusal;
  const { id, nonce, operator, purpose, concerns, provision } = exchange;
  const occurrence = {
    ...{ event: 'ANSWERED' as const, procedure, exchange: id, nonce, operator, purpose, concerns },
    caller: callerUri(exchange.caller),
    answering: office,
    outcome: refused ? outcome.reason : ('OK' as const),
    ...(!refused && provision && { provision }),
    request: exchange.caller.kind === 'operator' ? null : request,
    answer: refused ? encodeRefusal(outcome).status : outcome,
    evidence,
  };
  return audit.append(occurrence).then(
    () => outcome,
    (cause) => new Refusal('INTERNAL', { office, cause }),
  );
}

function tell(logger: Logger, procedure: string, exchange: Exchange, outcome: Buffer | Refusal): void {
  const line = { procedure, exchange: exchange.id, caller: callerUri(exchange.caller) };
  if (!(outcome instanceof Refusal)) logger.info(line, 'answered');
  else if (outcome.reason === 'INTERNAL') logger.error({ ...line, fault: faultOf(outcome) }, 'failed');
  else logger.info({ ...line, reason: outcome.reason, fault: outcome.details.fault }, 'refused');
}
