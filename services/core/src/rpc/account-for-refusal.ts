import type { Metadata } from '@grpc/grpc-js';
import { type Caller, callerUri } from '../domain/caller.js';
import { newNonce } from '../domain/exchange.js';
import { Refusal } from '../domain/refusal.js';
import { encodeRefusal } from '../wire/refusal-status.js';
import type { DoorDesk } from './answer.js';
import { exchangeOfCall } from './exchange-of-call.js';

/** A call that is refused before its request is read. */
interface UnreadCall {
  procedure: string;
  caller: Caller | undefined;
  /** Undefined where not even that arrived. */
  metadata: Metadata | undefined;
}

/**
 * Writes the entry of a call that is refused unread; one that is refused as RATE_LIMITED again is only counted.
 *
 * @returns the refusal that may leave: this one, or INTERNAL where it could not be written down
 */
export async function accountForRefusal(
  desk: DoorDesk,
  { procedure, caller, metadata }: UnreadCall,
  refusal: Refusal,
): Promise<Refusal> {
  const { office, audit, logger, newId } = desk;
  const uri = caller ? callerUri(caller) : '';
  if (refusal.reason === 'RATE_LIMITED' && !desk.knocks.isFirst(uri)) return refusal;
  const asked = caller && metadata && exchangeOfCall(metadata, caller, desk);
  const exchange = asked?.id ?? newId();
  logger.info({ procedure, exchange, caller: uri, reason: refusal.reason }, 'refused');
  const occurrence = {
    ...{ event: 'ANSWERED' as const, procedure, exchange, caller: uri, answering: office },
    operator: asked?.operator ?? null,
    purpose: asked?.purpose ?? '',
    outcome: refusal.reason,
    request: null,
    answer: encodeRefusal(refusal).status,
    nonce: asked?.nonce ?? newNonce(desk),
    concerns: [],
  };
  return audit.append(occurrence).then(
    () => refusal,
    (cause) => new Refusal('INTERNAL', { office, cause }),
  );
}
