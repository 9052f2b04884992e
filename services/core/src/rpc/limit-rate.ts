import type { Metadata, ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { Knock } from '../domain/allowance.js';
import type { Caller } from '../domain/caller.js';
import { Refusal } from '../domain/refusal.js';
import { readAccount } from '../wire/account-metadata.js';
import type { DoorDesk } from './answer.js';

/**
 * Takes a call out of its caller's allowance, before anything else is asked of it. Not an interceptor by itself: the
 * connection behind a call, and what grpc-js refuses on its own, are to be seen by the first interceptor alone.
 *
 * @returns the refusal RATE_LIMITED where the allowance is used up
 */
export function limitRate(
  desk: DoorDesk,
  { method, call, caller }: { method: string; call: ServerInterceptingCallInterface; caller: Caller | undefined },
  metadata: Metadata,
): Refusal | undefined {
  const isOffice = caller?.kind === 'office';
  const { operator } = isOffice ? readAccount((key) => metadata.get(key)[0]?.toString() ?? '') : {};
  return overAllowance(desk, { caller, address: addressIn(call.getPeer()), method, operator });
}

/** The same of anything that somebody asks. */
export function overAllowance({ office, allowances }: DoorDesk, knock: Knock): Refusal | undefined {
  const retryAfterSeconds = allowances.take(knock);
  return retryAfterSeconds === undefined ? undefined : new Refusal('RATE_LIMITED', { office, retryAfterSeconds });
}

/** Of an address and a port. */
export function addressIn(peer: string): string {
  return peer.replace(/:\d+$/, '');
}
