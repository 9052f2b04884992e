import { type Caller, callerUri } from '../domain/caller.js';
import { type Exchange, newNonce } from '../domain/exchange.js';
import { Refusal } from '../domain/refusal.js';
import { encodeRefusal } from '../wire/refusal-status.js';
import type { DoorDesk } from './answer.js';

/** A call that is refused before its request is read. */
interface UnreadCall {
  procedure: string;
  caller: Caller | undefined;
  /** Undefined where nothing of it arrived, or nobody knows whose it is. */
  asked: Exchange | undefined;
}

/**
 * Writes the entry of a call that is refused unread; one that is refused as RATE_LIMITED again is only counted.
 *
 * @returns the refusal that may leave: this one, or INTERNAL where it could not be written down
 */
export async function accountForRefusal(
  desk: DoorDesk,
  { procedure, caller, asked }: UnreadCall,
  refusal: Refusal,
): Promise<Refusal> {
  const { office, audit, logger, newId } = desk;
  const uri = caller ? callerUri(caller) : '';
  if (refusal.reason === 'RATE_LIMITED' && !desk.knocks.isFirst(uri)) return refusal;
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
