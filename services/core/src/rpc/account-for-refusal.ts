import { digestOf } from '../audit/entry.js';
import { type Caller, callerUri } from '../domain/caller.js';
import { Refusal } from '../domain/refusal.js';
import { encodeRefusal } from '../wire/refusal-status.js';
import type { Desk } from './answer.js';

/**
 * Writes the entry of a call that is refused before any answer is asked for: its request is not read.
 *
 * @returns the refusal that may leave: this one, or INTERNAL where it could not be written down
 */
export async function accountForRefusal(
  { office, audit, logger, newId }: Desk,
  procedure: string,
  caller: Caller | undefined,
  refusal: Refusal,
): Promise<Refusal> {
  const entry = {
    event: 'ANSWERED' as const,
    procedure,
    exchange: newId(),
    caller: caller ? callerUri(caller) : '',
    operator: null,
    answering: office,
    purpose: '',
    outcome: refusal.reason,
    requestDigest: digestOf(''),
    answerDigest: digestOf(encodeRefusal(refusal).status),
  };
  const { exchange, outcome: reason } = entry;
  logger.info({ procedure, exchange, caller: entry.caller, reason }, 'refused');
  return audit.append(entry).then(
    () => refusal,
    (cause) => new Refusal('INTERNAL', { office, cause }),
  );
}
