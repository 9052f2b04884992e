import type { Metadata } from '@grpc/grpc-js';
import { digestOf } from '../audit/entry.js';
import { type Caller, callerUri } from '../domain/caller.js';
import { Refusal } from '../domain/refusal.js';
import { encodeRefusal } from '../wire/refusal-status.js';
import type { Desk } from './answer.js';
import { exchangeOfCall } from './exchange-of-call.js';

/** A call that is refused before its request is read. */
interface UnreadCall {
  procedure: string;
  caller: Caller | undefined;
  /** Undefined where not even that arrived. */
  metadata: Metadata | undefined;
}

/**
 * Writes the entry of a call that is refused unread.
 *
 * @returns the refusal that may leave: this one, or INTERNAL where it could not be written down
 */
export async function accountForRefusal(
  { office, audit, logger, newId }: Desk,
  { procedure, caller, metadata }: UnreadCall,
  refusal: Refusal,
): Promise<Refusal> {
  const exchange = caller && metadata && exchangeOfCall(metadata, caller, newId);
  const entry = {
    event: 'ANSWERED' as const,
    procedure,
    exchange: exchange?.id ?? newId(),
    caller: caller ? callerUri(caller) : '',
    operator: exchange?.operator ?? null,
    answering: office,
    purpose: exchange?.purpose ?? '',
    outcome: refusal.reason,
    requestDigest: null,
    answerDigest: digestOf(encodeRefusal(refusal).status),
  };
  logger.info({ procedure, exchange: entry.exchange, caller: entry.caller, reason: refusal.reason }, 'refused');
  return audit.append(entry).then(
    () => refusal,
    (cause) => new Refusal('INTERNAL', { office, cause }),
  );
}
