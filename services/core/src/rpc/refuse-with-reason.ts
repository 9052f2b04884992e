import { status as Code, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { type Reason, Refusal } from '../domain/refusal.js';
import { STATUS_TRAILER } from '../wire/refusal-status.js';
import { statusOf } from './status.js';

/** What grpc-js refuses by itself once a method is found, and the reason that this network has for it. */
const REASONS = new Map<number, Reason>([
  [Code.RESOURCE_EXHAUSTED, 'MESSAGE_TOO_LARGE'],
  [Code.INTERNAL, 'INVALID_REQUEST'],
  [Code.UNIMPLEMENTED, 'INVALID_REQUEST'],
  [Code.DEADLINE_EXCEEDED, 'DEADLINE_PASSED'],
]);

/**
 * Gives a reason to the refusals of grpc-js: a message above the hard limit, a broken frame, a deadline that passed.
 * It sends them through the call's own sendStatus and asks no interceptor, so this is put in its place. The first
 * refusal stands: grpc-js goes on delivering a call that it has refused, and would refuse it again, or answer it.
 *
 * @param account is awaited before a refusal leaves that no answer has accounted for
 * @returns whether the call has been refused, so that nothing more of it is passed on
 */
export function refuseWithReason(
  call: ServerInterceptingCallInterface,
  account: (refusal: Refusal) => Promise<Refusal>,
): () => boolean {
  const send = call.sendStatus.bind(call);
  let refused = false;
  call.sendStatus = (status) => {
    if (refused) return;
    const reason = status.metadata?.get(STATUS_TRAILER).length ? undefined : REASONS.get(status.code ?? Code.OK);
    if (!reason) return send(status);
    refused = true;
    const refusal = new Refusal(reason);
    // An answer that comes too late accounts for itself.
    if (reason === 'DEADLINE_PASSED') return send(statusOf(refusal));
    return void account(refusal).then((accounted) => send(statusOf(accounted)));
  };
  return () => refused;
}
