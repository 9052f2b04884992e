import type { handleUnaryCall, Metadata } from '@grpc/grpc-js';
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
import type { Procedure } from '../wire/procedure.js';
import { encodeRefusal } from '../wire/refusal-status.js';
import { statementMetadata } from '../wire/statement-metadata.js';
import { checkMandate } from './check-mandate.js';
import type { ProofCheck } from './check-proof.js';
import { callerLetIn, checkAccount, exchangeOfCall } from './exchange-of-call.js';
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

// biome-ignore lint/suspicious/noExplicitAny: each procedure has its own four types; answers are checked where they are made
type AnyProcedure = Procedure<any, any, any, any>;

/**
 * A grpc-js handler around an answer. Whatever happens to a question, be it malformed, refused, failed or answered,
 * leaves exactly one entry in the log, and the entry is durable before the answer leaves (LOG).
 */
export function answering(
  desk: Desk,
  procedure: AnyProcedure,
  answer: Answer<unknown, unknown>,
  largest: number,
): handleUnaryCall<Buffer, Buffer> {
  return async (call, callback) => {
    const { request, metadata } = call;
    const exchange = exchangeOfCall(metadata, callerLetIn(metadata), desk);
    const question = { procedure: procedure.path, request, metadata, exchange };
    const answered = await answerOf(desk, procedure, answer, question, largest);
    const { outcome, proof, receipt: signed } = await signedFor(desk, exchange, answered);
    // What an office did not prove may be anybody's, and anything.
    const mandate = proof || exchange.caller.kind !== 'office' ? exchange.mandate : undefined;
    const accountedFor = await account(desk, question, outcome, { proof, receipt: signed, mandate });
    tell(desk.logger, procedure.path, exchange, accountedFor);
    // What was not logged is not signed for: a receipt lets its holder try what the answer was.
    const isLogged = accountedFor === outcome;
    const trailer = metadataOf(isLogged && signed ? statementMetadata('receipt', signed) : {});
    if (accountedFor instanceof Refusal) callback({ ...statusOf(accountedFor, trailer) });
    else callback(null, accountedFor, trailer);
  };
}

interface Answered {
  outcome: Buffer | Refusal;
  /** Of an office that proved its question. */
  proof: SignedStatement | undefined;
}

async function answerOf(
  desk: Desk,
  procedure: AnyProcedure,
  answer: Answer<unknown, unknown>,
  question: Question,
  largest: number,
): Promise<Answered> {
  const { request, metadata, exchange } = question;
  let proof: SignedStatement | undefined;
  try {
    if (request.length > largest) throw new Refusal('MESSAGE_TOO_LARGE');
    checkAccount(metadata, exchange);
    proof = await desk.proofs.check(question);
    await checkMandate(desk, question.procedure, exchange);
    return { outcome: procedure.encodeResponse(await answer(procedure.decodeRequest(request), exchange)), proof };
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

interface Question {
  procedure: string;
  request: Buffer;
  metadata: Metadata;
  exchange: Exchange;
}

/** Writes the entry; where that fails, nothing but the failure may leave. */
async function account(
  { office, audit }: Desk,
  { procedure, request, exchange }: Question,
  outcome: Buffer | Refusal,
  evidence: Evidence,
): Promise<Buffer | Refusal> {
  const refused = outcome instanceof Refusal;
  const { id, nonce, operator, purpose, concerns } = exchange;
  const occurrence = {
    ...{ event: 'ANSWERED' as const, procedure, exchange: id, nonce, operator, purpose, concerns },
    caller: callerUri(exchange.caller),
    answering: office,
    outcome: refused ? outcome.reason : ('OK' as const),
    request: exchange.caller.kind === 'office' ? request : null,
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
