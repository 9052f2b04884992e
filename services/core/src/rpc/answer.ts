import type { handleUnaryCall, Metadata } from '@grpc/grpc-js';
import type { AuditLog } from '../audit/audit-log.js';
import { callerUri } from '../domain/caller.js';
import type { Exchange, Fresh } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { Refusal, refusalOf } from '../domain/refusal.js';
import { faultOf, type Logger } from '../logger.js';
import type { Procedure } from '../wire/procedure.js';
import { encodeRefusal } from '../wire/refusal-status.js';
import { callerLetIn, checkAccount, exchangeOfCall } from './exchange-of-call.js';
import { statusOf } from './status.js';

/** How an office answers one procedure. A refusal that it throws is what the caller is told. */
export type Answer<Request, Response> = (request: Request, exchange: Exchange) => Promise<Response>;

/** What every answer of a node needs. */
export interface Desk extends Fresh {
  office: OfficeId;
  audit: AuditLog;
  logger: Logger;
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
    const exchange = exchangeOfCall(call.metadata, callerLetIn(call.metadata), desk);
    const outcome = await answerOf(desk, procedure, answer, {
      bytes: fitting(call.request, largest),
      metadata: call.metadata,
      exchange,
    });
    const accountedFor = await account(desk, procedure.path, call.request, exchange, outcome);
    tell(desk.logger, procedure.path, exchange, accountedFor);
    if (accountedFor instanceof Refusal) callback(statusOf(accountedFor));
    else callback(null, accountedFor);
  };
}

async function answerOf(
  { office }: Desk,
  procedure: AnyProcedure,
  answer: Answer<unknown, unknown>,
  { bytes, metadata, exchange }: Question,
): Promise<Buffer | Refusal> {
  try {
    if (bytes === undefined) throw new Refusal('MESSAGE_TOO_LARGE');
    checkAccount(metadata, exchange);
    return procedure.encodeResponse(await answer(procedure.decodeRequest(bytes), exchange));
  } catch (error) {
    const { reason, details, cause } = refusalOf(error);
    return new Refusal(reason, { office, ...details, cause });
  }
}

interface Question {
  /** Undefined where they are too many. */
  bytes: Buffer | undefined;
  metadata: Metadata;
  exchange: Exchange;
}

function fitting(bytes: Buffer, largest: number): Buffer | undefined {
  return bytes.length > largest ? undefined : bytes;
}

/** Writes the entry; where that fails, nothing but the failure may leave. */
async function account(
  { office, audit }: Desk,
  procedure: string,
  request: Buffer,
  exchange: Exchange,
  outcome: Buffer | Refusal,
): Promise<Buffer | Refusal> {
  const refused = outcome instanceof Refusal;
  const { id, nonce, operator, purpose, concerns } = exchange;
  const occurrence = {
    ...{ event: 'ANSWERED' as const, procedure, exchange: id, nonce, operator, purpose, concerns },
    caller: callerUri(exchange.caller),
    answering: office,
    outcome: refused ? outcome.reason : ('OK' as const),
    request,
    answer: refused ? encodeRefusal(outcome).status : outcome,
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
